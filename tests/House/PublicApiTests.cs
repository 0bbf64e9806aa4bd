using System.Reflection;
using System.Text;

namespace House;

/// <summary>What a library offers is a text file in docs/api, so that a change of it shows in review.</summary>
public sealed class PublicApiTests
{
    const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Libraries => [.. Repository.Libraries];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_surface_is_the_committed_one(string library) => Repository.Committed($"docs/api/{library}.txt", SurfaceOf(Assembly.LoadFrom(Repository.AssemblyPath(library))));

    [Fact]
    public void A_new_member_would_show()
    {
        string surface = SurfaceOf(Assembly.LoadFrom(Repository.AssemblyPath("RawNet")));
        Assert.Contains("sealed class RawNet.SendQueue : IDeadlineOwner, IDisposable\n", surface, StringComparison.Ordinal);
        Assert.Contains("  bool TryWrite(ReadOnlySpan<byte> bytes)\n", surface, StringComparison.Ordinal);
        Assert.DoesNotContain("SendSegments", surface, StringComparison.Ordinal);
    }

    static string SurfaceOf(Assembly assembly)
    {
        StringBuilder text = new();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(HeadOf(type)).Append('\n');
            foreach (string member in MembersOf(type).Order(StringComparer.Ordinal)) text.Append("  ").Append(member).Append('\n');
            text.Append('\n');
        }
        return text.ToString();
    }

    static string HeadOf(Type type)
    {
        string kind = type.IsEnum ? $"enum" : type.IsInterface ? "interface" : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
            : type.IsValueType ? (type.IsByRefLike ? "ref struct" : "struct")
            : type is { IsAbstract: true, IsSealed: true } ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
        IEnumerable<Type> above = type.IsEnum ? [Enum.GetUnderlyingType(type)]
            : (type.BaseType is { } based && based != typeof(object) && based != typeof(ValueType) ? [based] : Enumerable.Empty<Type>()).Concat(type.GetInterfaces().OrderBy(NameOf, StringComparer.Ordinal));
        string list = string.Join(", ", above.Select(NameOf));
        return $"{kind} {type.Namespace}.{NameOf(type)}{(list.Length > 0 ? " : " + list : "")}";
    }

    static IEnumerable<string> MembersOf(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{Convert.ToInt64(Enum.Parse(type, name), null):D3} {name}");
        return type.GetMembers(Declared).Where(IsVisible).Select(SignatureOf);
    }

    static bool IsVisible(MemberInfo member) => member switch
    {
        MethodInfo method => IsSeen(method) && !(method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal)) && !method.Name.StartsWith('<'),
        ConstructorInfo constructor => IsSeen(constructor),
        FieldInfo field => field.IsPublic || field.IsFamily,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsSeen),
        EventInfo told => told.AddMethod is { } add && IsSeen(add),
        _ => false,
    };

    static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    static string SignatureOf(MemberInfo member) => member switch
    {
        MethodInfo method => $"{Modifiers(method)}{NameOf(method.ReturnType)} {method.Name}{Generics(method)}({ParametersOf(method)})",
        ConstructorInfo constructor => $"new({ParametersOf(constructor)})",
        FieldInfo field => $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{NameOf(field.FieldType)} {field.Name}{(field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "")}",
        PropertyInfo property => $"{Modifiers(property.GetAccessors(nonPublic: true)[0])}{NameOf(property.PropertyType)} {property.Name} {{ {AccessorsOf(property)} }}",
        _ => member.ToString() ?? member.Name,
    };

    static string AccessorsOf(PropertyInfo property) => string.Join(" ", new[]
    {
        property.GetMethod is { } get && IsSeen(get) ? "get;" : "",
        property.SetMethod is { } set && IsSeen(set) ? (set.ReturnParameter.GetRequiredCustomModifiers().Length > 0 ? "init;" : "set;") : "",
    }.Where(part => part.Length > 0));

    static string Modifiers(MethodBase method) =>
        (method.IsFamily ? "protected " : "") + (method.IsStatic ? "static " : method is { IsAbstract: true, DeclaringType.IsInterface: false } ? "abstract "
            : method.IsVirtual && !method.IsFinal && method.DeclaringType is { IsInterface: false, IsSealed: false } ? "virtual " : "");

    static string Generics(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(NameOf))}>" : "";

    static string ParametersOf(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{(parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "")}{NameOf(parameter.ParameterType)} {parameter.Name}"));

    static string NameOf(Type type)
    {
        if (type.IsByRef) return NameOf(type.GetElementType()!);
        if (type.IsArray) return NameOf(type.GetElementType()!) + "[]";
        string name = Keyword(type) ?? type.Name.Split('`')[0];
        if (type is { IsNested: true, IsGenericParameter: false }) name = NameOf(type.DeclaringType!) + "." + name;
        return type.IsGenericType && type.Name.Contains('`', StringComparison.Ordinal) ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : name;
    }

    static string? Keyword(Type type) => type.IsEnum ? null : Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => "bool",
        TypeCode.Byte => "byte",
        TypeCode.Char => "char",
        TypeCode.Int32 => "int",
        TypeCode.UInt32 => "uint",
        TypeCode.Int64 => "long",
        TypeCode.UInt64 => "ulong",
        TypeCode.UInt16 => "ushort",
        TypeCode.String => "string",
        _ => type == typeof(void) ? "void" : type == typeof(object) ? "object" : null,
    };
}
