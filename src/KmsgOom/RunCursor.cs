using System.Runtime.CompilerServices;
using KmsgOom.Envelopes;
using KmsgOom.Reports;

namespace KmsgOom;

/// <summary>Where a run stands in the bytes at hand.</summary>
internal ref struct RunCursor(ReadOnlySpan<byte> rest, long offset, long number)
{
    private readonly ReadOnlySpan<byte> _rest = rest;
    private readonly long _offset = offset;

    /// <summary>What stands before the message of the next line, if <see cref="IsWrapperOff"/>.</summary>
    public RunPrefix Prefix = new();

    /// <summary>Gets whether the wrapper of the next line was taken off already.</summary>
    public bool IsWrapperOff { get; private set; }

    /// <summary>Gets the bytes of the lines that were taken.</summary>
    public int Taken { get; private set; }

    /// <summary>Gets where the last of them began in the log.</summary>
    public long LastOffset { get; private set; }

    /// <summary>Gets the uptime of the last of them; negative where it has none.</summary>
    public long LastUptime { get; private set; } = -1;

    /// <summary>Gets the number of the next line.</summary>
    public long Number { get; private set; } = number;

    /// <summary>Gets where the next line begins in the log.</summary>
    public readonly long Offset => _offset + Taken;

    /// <summary>Gets whether a line of a length and what is read behind it are there for sure.</summary>
    public readonly bool Has(int length) => _rest.Length - Taken >= length;

    /// <summary>Gets the next line, and all that is behind it.</summary>
    public readonly ReadOnlySpan<byte> Text
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _rest[Taken..];
    }

    /// <summary>Takes the wrapper off the next line, if it is there for sure, has one that can be told at once, and comes in time for the report.</summary>
    /// <param name="envelopes">What is known of the lines before.</param>
    /// <param name="report">The report.</param>
    /// <param name="message">Gets the message, and all that is behind it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTakeWrapper<TWrapper>(EnvelopeParser envelopes, OomReport report, out ReadOnlySpan<byte> message)
        where TWrapper : struct, IRunWrapper
    {
        message = default;
        if (!Has(LineRun.MaxTaken))
        {
            return false;
        }

        ReadOnlySpan<byte> text = Text;
        if (!TWrapper.TryTakePlain(envelopes, text, ref Prefix) || ReportWindow.IsOver(report, Prefix.UptimeMicroseconds, Offset))
        {
            return false;
        }

        // Where none stands before it, somebody must still look whether there is none.
        IsWrapperOff = Prefix.Length > 0;
        message = text[Prefix.Length..];
        return true;
    }

    /// <summary>Moves behind a line, which is the report's.</summary>
    /// <param name="envelopes">Gets to know of the line.</param>
    /// <param name="length">Its length, without its end.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Pass(EnvelopeParser envelopes, int length)
    {
        LastOffset = Offset;
        LastUptime = Prefix.UptimeMicroseconds;
        envelopes.Pass(in Prefix, LastOffset);
        Taken += length + 1;
        Number++;
        IsWrapperOff = false;
    }

    /// <summary>Moves behind a line whose text was kept, and tells the report where and when it stood.</summary>
    /// <param name="envelopes">Gets to know of the line.</param>
    /// <param name="report">The report.</param>
    /// <param name="length">The length of the message.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PassKept(EnvelopeParser envelopes, OomReport report, int length)
    {
        OomReportBuilder.Touch(ref report.Facts, Prefix.UptimeMicroseconds, Prefix.Sequence, Offset);
        Pass(envelopes, Prefix.Length + length);
    }
}
