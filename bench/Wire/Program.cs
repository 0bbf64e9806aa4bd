using BenchmarkDotNet.Running;
using RawRealtime.Bench;

if (args is ["paired"]) Paired.Run();
else if (args is ["quick"]) Quick.Run();
else BenchmarkSwitcher.FromAssembly(typeof(Paired).Assembly).Run(args);
