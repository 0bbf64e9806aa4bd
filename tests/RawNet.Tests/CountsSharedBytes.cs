namespace RawNet.Tests;

/// <summary>Tests that look at <see cref="SharedBytes.Outstanding"/> share this collection: the count is the process's, so nothing else may run beside them.</summary>
[CollectionDefinition(nameof(CountsSharedBytes), DisableParallelization = true)]
public sealed class CountsSharedBytes;
