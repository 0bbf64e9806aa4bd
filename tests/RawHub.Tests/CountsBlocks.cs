using RawNet;

namespace RawHub.Tests;

/// <summary>Tests that look at <see cref="SharedBytes.Outstanding"/>, a count of the whole process: they run alone.</summary>
[CollectionDefinition(nameof(SharedBytes), DisableParallelization = true)]
public sealed class CountsBlocks;
