using System.Text;
using KmsgOom.Text;

namespace KmsgOom.Tests.Text;

/// <summary>Bytes written as text, one character each, so that a theory can hold bytes that are no UTF-8.</summary>
internal static class Latin1
{
    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>Gets what a range covers; null where the range is absent.</summary>
    public static string? Text(TextRange range, ReadOnlySpan<byte> line) => range.IsPresent ? Text(range.In(line)) : null;
}
