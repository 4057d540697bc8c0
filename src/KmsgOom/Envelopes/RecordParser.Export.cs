using System.Buffers;

namespace KmsgOom.Envelopes;

/// <content>Records of <c>journalctl -o export</c>: a field a line, or its name and then its bytes, and an empty line at the end.</content>
internal sealed partial class RecordParser
{
    private static readonly SearchValues<byte> FieldNames = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8);

    /// <summary>The bytes of a field of an export, the message or another, are counted and may hold line feeds.</summary>
    private bool _isInBytes;

    /// <summary>Where in the log those bytes end; negative while their length is still to come.</summary>
    private long _bytesEnd;

    /// <summary>Where the line began that held nothing of the length that counts; negative where there was none.</summary>
    private long _emptyLength;

    private bool TakeExport(ReadOnlySpan<byte> line, long offset, out bool isWhole)
    {
        isWhole = false;
        LeaveBytes(offset);
        if (_isInBytes)
        {
            TakeBytes(line, offset);
            return true;
        }

        if (line.IsEmpty)
        {
            isWhole = _hasMessage;
            End(RecordForm.None, line, offset);
            return true;
        }

        if (!IsField(line))
        {
            return TakeAsFirst(line, offset, out isWhole);
        }

        if (line.Contains((byte)'='))
        {
            TakeField(line, offset);
            return true;
        }

        (_isInBytes, _bytesEnd, _emptyLength) = (true, -1, -1);
        _isInMessage = line.SequenceEqual("MESSAGE"u8);
        if (_isInMessage)
        {
            _hasMessage = true;
            (MessageOffset, LinesSinceMessage) = (offset, 0);
        }

        return true;
    }

    /// <summary>Tells a field of an export, <c>KEY=value</c> or <c>KEY</c> before its bytes, from text that stands between records.</summary>
    private static bool IsField(ReadOnlySpan<byte> line)
    {
        int key = line.IndexOfAnyExcept(FieldNames);
        return line[0] is not (>= (byte)'0' and <= (byte)'9') && (key < 0 || (key > 0 && line[key] == '='));
    }

    /// <summary>Ends the bytes of a field where they end; a line that has lost its NULs tells by where the next one begins that it was a length of zero.</summary>
    private void LeaveBytes(long offset)
    {
        bool isZero = _bytesEnd < 0 && _emptyLength >= 0 && offset != _emptyLength + 1;
        _isInBytes = _isInBytes && !isZero && (_bytesEnd < 0 || offset <= _bytesEnd);
    }

    /// <summary>Takes the bytes of a field that holds line feeds: eight of length, little end first, then the text.</summary>
    private void TakeBytes(ReadOnlySpan<byte> line, long offset)
    {
        const int LengthSize = 8;
        if (_bytesEnd >= 0)
        {
            AppendToMessage("\n"u8);
            AppendToMessage(line);
            return;
        }

        if (line.IsEmpty && _emptyLength < 0)
        {
            // The lowest byte of the length is a line feed, or all are NULs.
            _emptyLength = offset;
            return;
        }

        bool isCut = _emptyLength >= 0;
        int skipped = 0;
        int length = (byte)'\n';
        if (!isCut && line.Length >= LengthSize && !line[3..LengthSize].ContainsAnyExcept((byte)0))
        {
            (skipped, length) = (LengthSize, line[0] | (line[1] << 8) | (line[2] << 16));
        }
        else if (line.Length >= LengthSize - 1 && !line[2..(LengthSize - 1)].ContainsAnyExcept((byte)0))
        {
            // NULs at the beginning of a line are trimmed off: a lowest byte of zero, and all of them but behind a second byte.
            (skipped, length) = (LengthSize - 1, (isCut ? '\n' : 0) | (line[0] << 8) | (line[1] << 16));
        }

        AppendToMessage(line[skipped..]);
        _bytesEnd = (isCut ? _emptyLength : offset) + LengthSize + length;
        _isInBytes = length <= MaxRecordLength;
    }

    private void AppendToMessage(ReadOnlySpan<byte> text)
    {
        if (_isInMessage)
        {
            Append(text);
        }
    }
}
