using System.Reflection;
using KmsgOom.Tests.Support;
using PublicApiGenerator;

namespace KmsgOom.Tests.Contracts;

/// <summary>The public surface is a reviewed file for each package: a change of it is a diff.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public Task PublicApi_IsAsVerified() => Verify(typeof(OomParser).Assembly, "PublicApi");

    [Fact]
    public Task PublicApi_OfArchives_IsAsVerified() => Verify(typeof(LogArchive).Assembly, "PublicApi.Archives");

    [Fact]
    public Task PublicApi_OfFilters_IsAsVerified() => Verify(typeof(OomFilter).Assembly, "PublicApi.Filters");

    private static Task Verify(Assembly assembly, string golden)
    {
        string api = assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false });
        return Golden.Verify(api.ReplaceLineEndings("\n"), Path.Combine(Repository.Goldens, golden), "txt");
    }
}
