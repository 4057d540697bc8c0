namespace KmsgOom.Files;

/// <summary>Where files are cut; only speed and memory depend on it.</summary>
/// <param name="SliceLength">What is read at a time, and how often a parser is stopped, to compare it with another: little enough for a core's own cache.</param>
/// <param name="ChunkLength">The first part, in bytes; each is four times as long as the one before.</param>
/// <param name="MaxChunkLength">The longest parts, in bytes: little is parsed twice then.</param>
/// <param name="DensePercent">How much of a part is the text of reports where they are dense; one thread parses then, since events that wait are dear.</param>
internal sealed record FileCuts(int SliceLength, long ChunkLength, long MaxChunkLength, int DensePercent = 25)
{
    public static FileCuts Default { get; } = new(256 * 1024, 1 << 20, 8 << 20);
}
