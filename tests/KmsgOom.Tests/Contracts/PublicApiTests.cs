using KmsgOom.Tests.Support;
using PublicApiGenerator;

namespace KmsgOom.Tests.Contracts;

/// <summary>The public surface is a reviewed file: a change of it is a diff.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public Task PublicApi_IsAsVerified()
    {
        string api = typeof(OomParser).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false });
        return Golden.Verify(api.ReplaceLineEndings("\n"), Path.Combine(Repository.Goldens, "PublicApi"), "txt");
    }
}
