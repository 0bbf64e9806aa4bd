using RawRealtime.Cli;

return await CommandLine.RunAsync(args, Environment.GetEnvironmentVariables(), Console.Out, Console.Error).ConfigureAwait(false);
