using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using KmsgOom.Reports;

namespace KmsgOom;

/// <summary>Registers that are made strings when somebody asks; who only writes them takes the bytes.</summary>
internal sealed class LateRegisters : Lazy<ImmutableArray<OomRegister>>
{
    private readonly byte[] _text;
    private readonly RegisterEntry[] _registers;

    public LateRegisters(byte[] text, RegisterEntry[] registers)
        : base(() => Make(text, registers), LazyThreadSafetyMode.PublicationOnly) => (_text, _registers) = (text, registers);

    public int Count => _registers.Length;

    /// <summary>Gets the name of a register.</summary>
    /// <param name="at">Which one.</param>
    /// <param name="place">As for <see cref="KnownStrings.Get"/>.</param>
    public string GetName(int at, ref int place) => RegisterNames.Known.Get(_registers[at].Name.In(_text), ref place);

    /// <summary>Gets the value of a register in UTF-8, which may have damages.</summary>
    public ReadOnlySpan<byte> GetValueUtf8(int at) => _registers[at].Value.In(_text);

    private static ImmutableArray<OomRegister> Make(byte[] text, RegisterEntry[] entries)
    {
        OomRegister[] registers = new OomRegister[entries.Length];
        int place = 0;
        for (int at = 0; at < registers.Length; at++)
        {
            registers[at] = new OomRegister(RegisterNames.Known.Get(entries[at].Name.In(text), ref place), Encoding.UTF8.GetString(entries[at].Value.In(text)));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(registers);
    }
}
