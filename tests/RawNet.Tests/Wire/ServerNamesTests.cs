using RawNet.Wire;

namespace RawNet.Tests.Wire;

/// <summary>RFC 9525 §6.3.</summary>
public sealed class ServerNamesTests
{
    [Theory]
    [InlineData("a.example.org", "a.example.org", true)]
    [InlineData("a.example.org", "A.Example.ORG", true)]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example", true)]
    [InlineData("a.example.org", "b.example.org", false)]
    [InlineData("a.example.org", "a.example.org.", false)]
    [InlineData("a.example.org", "xa.example.org", false)]
    [InlineData("*.example.org", "a.example.org", false)]
    [InlineData("a.example.org", "", false)]
    public void A_name_is_the_same_in_any_case(string own, string asked, bool same) => Assert.Equal(same, ServerNames.IsSame(own, asked));

    [Theory]
    [InlineData("*.example.org", "a.example.org", true)]
    [InlineData("*.example.org", "A.EXAMPLE.ORG", true)]
    [InlineData("*.Example.org", "a.example.org", true)]
    [InlineData("*.example.org", "*.example.org", true)]
    [InlineData("*.example.org", "example.org", false)]
    [InlineData("*.example.org", "a.b.example.org", false)] // one label, and no more
    [InlineData("*.example.org", ".example.org", false)]
    [InlineData("*.example.org", "a.example.com", false)]
    [InlineData("*.example.org", "aexample.org", false)]
    [InlineData("*.example.org", "a", false)]
    [InlineData("*.example.org", "", false)]
    [InlineData("a*.example.org", "ab.example.org", false)] // the star is the whole label
    [InlineData("*a.example.org", "ba.example.org", false)]
    [InlineData("a.*.example.org", "a.b.example.org", false)]
    [InlineData("a.example.org", "a.example.org", false)]
    [InlineData("*", "a", false)]
    [InlineData("*.", "a.", false)]
    public void A_wildcard_covers_one_label(string own, string asked, bool covered) => Assert.Equal(covered, ServerNames.IsCovered(own, asked));
}
