using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>The CPU line at the head of a stack dump: the trigger again, the taint, the kernel.</summary>
/// <remarks>Kernel: <c>lib/dump_stack.c</c>, <c>dump_stack_print_info()</c>.</remarks>
internal struct CpuLine
{
    // "CPU: %d UID: %u PID: %d Comm: %.20s %s%s %s %.*s %s%s"    6.12 and later (UID), 3.10 and later
    // "CPU: %d PID: %d Comm: %.20s ve: %s %s …"                  Virtuozzo 7
    // "Pid: %d, comm: %.20s %s %s %.*s"                          2.6.24 .. 3.9
    public TextRange Name;
    public TextRange Tainted;
    public TextRange Release;
    public TextRange Version;
    public int? Cpu;
    public int? Pid;
    public uint? Uid;

    private static ReadOnlySpan<byte> NotTainted => " Not tainted "u8;

    private static ReadOnlySpan<byte> TaintedWord => " Tainted: "u8;

    private static ReadOnlySpan<byte> Kdump => " Kdump: loaded"u8;

    public static bool IsMatch(ReadOnlySpan<byte> text) =>
        (text.StartsWith("CPU: "u8) && text.IndexOf(" Comm: "u8) > 0) || (text.StartsWith("Pid: "u8) && text.IndexOf(", comm: "u8) > 0);

    /// <summary>Reads the line; false where a newline in the name cuts it off before the taint.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out CpuLine line)
    {
        line = default;
        Utf8Cursor cursor = new(text);
        if (cursor.TryTake("CPU: "u8))
        {
            line.Cpu = cursor.TryTakeInt32(out int cpu) ? cpu : null;
            line.Uid = cursor.TryTake(" UID: "u8) && cursor.TryTakeUid(out uint uid) ? uid : null;
            line.Pid = cursor.TryTake(" PID: "u8) && cursor.TryTakeInt32(out int pid) ? pid : null;
            if (!cursor.TrySkipPast("Comm: "u8))
            {
                return false;
            }
        }
        else if (cursor.TryTake("Pid: "u8))
        {
            line.Pid = cursor.TryTakeInt32(out int pid) ? pid : null;
            if (!cursor.TrySkipPast(", comm: "u8))
            {
                return false;
            }
        }
        else
        {
            return false;
        }

        // The name may hold the very words that follow it; the kernel's own are the last.
        int notTainted = cursor.Rest.LastIndexOf(NotTainted);
        int tainted = cursor.Rest.LastIndexOf(TaintedWord);
        if (notTainted > tainted)
        {
            line.Name = new TextRange(cursor.Position, notTainted);
            cursor.Position += notTainted + NotTainted.Length;
            line.Tainted = new TextRange(cursor.Position - NotTainted.Length + 1, NotTainted.Length - 2);
        }
        else if (tainted >= 0)
        {
            line.Name = new TextRange(cursor.Position, tainted);
            cursor.Position += tainted + TaintedWord.Length;
            int start = cursor.Position - TaintedWord.Length + 1;
            SkipTaintFlags(ref cursor);
            line.Tainted = new TextRange(start, text[start..cursor.Position].TrimEnd((byte)' ').Length);
        }
        else
        {
            return false;
        }

        ReadOnlySpan<byte> name = line.Name.In(text);
        if (name.EndsWith(Kdump))
        {
            line.Name = new TextRange(line.Name.Start, name.Length - Kdump.Length);
            name = line.Name.In(text);
        }

        int container = name.LastIndexOf(" ve: "u8);
        if (container >= 0 && !name[(container + " ve: ".Length)..].Contains((byte)' '))
        {
            line.Name = new TextRange(line.Name.Start, container);
        }

        if (!cursor.IsAtEnd && cursor.TryTakeToken(out line.Release))
        {
            cursor.SkipBlanks();
            int length = cursor.Rest.TrimEnd((byte)' ').Length;
            line.Version = length > 0 ? new TextRange(cursor.Position, length) : default;
        }

        return true;
    }

    /// <summary>Skips the flags, one letter, dash or blank for each; the release behind them begins with a digit.</summary>
    private static void SkipTaintFlags(ref Utf8Cursor cursor)
    {
        int at = cursor.Rest.IndexOfAnyInRange((byte)'0', (byte)'9');
        if (at != 0)
        {
            cursor.Position += at < 0 ? cursor.Rest.Length : cursor.Rest[..at].LastIndexOf((byte)' ') + 1;
        }
    }
}
