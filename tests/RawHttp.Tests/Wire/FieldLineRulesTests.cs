using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class FieldLineRulesTests
{
    [Theory]
    [InlineData("A: b", "A", "b")]
    [InlineData("A:b:c", "A", "b:c")]
    [InlineData("!#$%&'*+-.^_`|~9:", "!#$%&'*+-.^_`|~9", "")]
    public void Names_end_at_the_first_colon(string line, string expectedName, string expectedValue)
    {
        Assert.Equal(HttpFault.None, FieldLineRules.Read(Bytes.Of(line), out Piece name, out Piece value));
        Assert.Equal((expectedName, expectedValue), (Bytes.Text(name.Of(Bytes.Of(line))), Bytes.Text(value.Of(Bytes.Of(line)))));
    }

    [Theory]
    [InlineData("\tA: b", HttpFault.FoldedField)]
    [InlineData("A", HttpFault.FieldWithoutColon)]
    [InlineData("A : b", HttpFault.SpaceBeforeColon)]
    [InlineData(": b", HttpFault.BadFieldName)]
    [InlineData("\"A\": b", HttpFault.BadFieldName)]
    [InlineData("A\x0B: b", HttpFault.BadFieldName)]
    [InlineData("A: \x0C", HttpFault.BadFieldValue)]
    public void Broken_lines_name_the_rule(string line, HttpFault expected) => Assert.Equal(expected, FieldLineRules.Read(Bytes.Of(line), out _, out _));
}
