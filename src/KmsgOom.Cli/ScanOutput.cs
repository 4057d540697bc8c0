using System.Buffers;
using System.Text;
using KmsgOom.Cli.Text;

namespace KmsgOom.Cli;

/// <summary>Standard output: collects events and writes them when told to, or when there are many.</summary>
internal sealed class ScanOutput(Stream stdout, ScanFormat format, bool usesColors)
{
    private const int FlushBytes = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _pending = new(FlushBytes);
    private readonly TextReport _report = new(usesColors);
    private bool _isFirst = true;

    public void Write(OomEvent oomEvent, OomAnalysis? analysis)
    {
        if (format == ScanFormat.Ndjson)
        {
            OomJson.WriteLine(_pending, oomEvent, analysis);
        }
        else
        {
            Encoding.UTF8.GetBytes(_isFirst ? "" : "\n", _pending);
            Encoding.UTF8.GetBytes(_report.Render(oomEvent, analysis), _pending);
        }

        _isFirst = false;
        if (_pending.WrittenCount >= FlushBytes)
        {
            Flush();
        }
    }

    /// <exception cref="OutputLostException">Nobody reads any more, or the disk is full.</exception>
    public void Flush()
    {
        if (_pending.WrittenCount == 0)
        {
            return;
        }

        try
        {
            stdout.Write(_pending.WrittenSpan);
            stdout.Flush();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OutputLostException(exception);
        }

        _pending.ResetWrittenCount();
    }
}
