using System.Xml.Linq;
using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class SvgChartTests
{
    static readonly ChartLine Line = new("a < b", [(0, 1), (1, 50), (2, 1000)]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_chart_is_one_element_with_its_lines(bool isLogarithmic)
    {
        XElement svg = XElement.Parse(new SvgChart("t & u", [Line, Line], x => $"{x}", y => $"{y}") { IsLogarithmic = isLogarithmic }.ToString());
        Assert.Equal(2, svg.Elements("polyline").Count());
        Assert.Contains("t & u", svg.Elements("text").Select(text => text.Value));
    }

    [Fact]
    public void Nothing_to_show_is_no_chart() => Assert.Equal("", new SvgChart("", [new("a", [])], x => $"{x}", y => $"{y}").ToString());

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(1.5, 2)]
    [InlineData(3, 5)]
    [InlineData(0.06, 0.1)]
    [InlineData(51, 100)]
    public void Axes_go_by_round_numbers(double value, double expected) => Assert.Equal(expected, SvgChart.Round(value), 6);
}
