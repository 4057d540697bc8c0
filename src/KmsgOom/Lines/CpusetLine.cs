using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>The trigger's cpuset, 2.6.29 to 4.20; later part of the <c>oom-kill:</c> line.</summary>
/// <remarks>Kernel: <c>kernel/cgroup/cpuset.c</c>, <c>cpuset_print_current_mems_allowed()</c>.</remarks>
internal static class CpusetLine
{
    // "%s cpuset=%s mems_allowed=%*pbl"
    public static bool IsMatch(ReadOnlySpan<byte> message) => message.IndexOf(" cpuset="u8) is var at and >= 0
        && (message.IndexOf(" mems_allowed="u8) > 0 || !message[(at + " cpuset="u8.Length)..].Contains((byte)' '));

    /// <summary>Reads the line; false where it was printed in pieces and ends before the nodes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> message, out TextRange cpuset, out TextRange memsAllowed)
    {
        Utf8Cursor cursor = new(message);
        memsAllowed = default;
        cpuset = default;
        if (!cursor.TryTakeUntilLast(" cpuset="u8, out _))
        {
            return false;
        }

        if (!cursor.TryTakeUntilLast(" mems_allowed="u8, out cpuset))
        {
            cpuset = cursor.RestRange;
            return false;
        }

        cursor.TryTakeToken(out memsAllowed);
        return true;
    }
}
