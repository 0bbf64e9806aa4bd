using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace House;

/// <summary>One use of a type or member by a type, as the compiled code has it.</summary>
/// <param name="By">The outermost type that uses: nested and compiler-made types count as part of it.</param>
/// <param name="Type">The used type's full name.</param>
/// <param name="Member">The used member; empty when the type itself is used.</param>
readonly record struct Use(string By, string Type, string Member)
{
    public override string ToString() => $"{By} uses {Type}{(Member.Length > 0 ? "." + Member : "")}";
}

/// <summary>Reads from an assembly's metadata and method bodies which types and members each type uses.</summary>
sealed class TypeUses : IDisposable
{
    static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value, code => code.OperandType);

    readonly PEReader file;
    readonly MetadataReader metadata;
    readonly Names names = new();
    readonly HashSet<Use> uses = [];
    string user = "";

    TypeUses(string path)
    {
        file = new PEReader(File.OpenRead(path));
        metadata = file.GetMetadataReader();
        names.Seen = (type, member) => uses.Add(new(user, type, member));
    }

    /// <summary>Everything that the types of an assembly use.</summary>
    public static IReadOnlyCollection<Use> Of(string assemblyPath)
    {
        using TypeUses reader = new(assemblyPath);
        foreach (TypeDefinitionHandle handle in reader.metadata.TypeDefinitions) reader.Read(handle);
        return reader.uses;
    }

    /// <summary>Simple names of the assemblies that an assembly refers to.</summary>
    public static IReadOnlyList<string> AssembliesOf(string assemblyPath)
    {
        using TypeUses reader = new(assemblyPath);
        return [.. reader.metadata.AssemblyReferences.Select(handle => reader.metadata.GetString(reader.metadata.GetAssemblyReference(handle).Name))];
    }

    public void Dispose() => file.Dispose();

    void Read(TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        user = Names.Outermost(metadata, handle);
        ReadToken(type.BaseType);
        foreach (InterfaceImplementationHandle implemented in type.GetInterfaceImplementations())
            ReadToken(metadata.GetInterfaceImplementation(implemented).Interface);
        foreach (FieldDefinitionHandle field in type.GetFields()) metadata.GetFieldDefinition(field).DecodeSignature(names, null);
        foreach (MethodDefinitionHandle method in type.GetMethods()) Read(metadata.GetMethodDefinition(method));
    }

    void Read(MethodDefinition method)
    {
        method.DecodeSignature(names, null);
        if (method.RelativeVirtualAddress == 0) return;
        MethodBodyBlock body = file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil) metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(names, null);
        foreach (ExceptionRegion region in body.ExceptionRegions) ReadToken(region.CatchType);
        ReadInstructions(body.GetILReader());
    }

    void ReadInstructions(BlobReader code)
    {
        while (code.RemainingBytes > 0)
        {
            int opcode = code.ReadByte();
            if (opcode == 0xFE) opcode = 0xFE00 | code.ReadByte();
            switch (Operands[opcode])
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    ReadToken(MetadataTokens.EntityHandle(code.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    int targets = code.ReadInt32();
                    code.Offset += 4 * targets;
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code.Offset += 1;
                    break;
                case OperandType.InlineVar:
                    code.Offset += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.Offset += 8;
                    break;
                default:
                    code.Offset += 4;
                    break;
            }
        }
    }

    void ReadToken(EntityHandle token)
    {
        if (token.IsNil) return;
        switch (token.Kind)
        {
            case HandleKind.TypeReference or HandleKind.TypeDefinition:
                names.Seen(names.NameOf(metadata, token), "");
                break;
            case HandleKind.TypeSpecification:
                metadata.GetTypeSpecification((TypeSpecificationHandle)token).DecodeSignature(names, null);
                break;
            case HandleKind.MemberReference:
                ReadMember(metadata.GetMemberReference((MemberReferenceHandle)token));
                break;
            case HandleKind.MethodSpecification:
                MethodSpecification generic = metadata.GetMethodSpecification((MethodSpecificationHandle)token);
                generic.DecodeSignature(names, null);
                ReadToken(generic.Method);
                break;
            case HandleKind.MethodDefinition:
                MethodDefinition method = metadata.GetMethodDefinition((MethodDefinitionHandle)token);
                names.Seen(Names.Outermost(metadata, method.GetDeclaringType()), metadata.GetString(method.Name));
                break;
            case HandleKind.FieldDefinition:
                names.Seen(Names.Outermost(metadata, metadata.GetFieldDefinition((FieldDefinitionHandle)token).GetDeclaringType()), "");
                break;
        }
    }

    void ReadMember(MemberReference member)
    {
        if (member.GetKind() == MemberReferenceKind.Method) member.DecodeMethodSignature(names, null);
        else member.DecodeFieldSignature(names, null);
        string parent = member.Parent.Kind == HandleKind.TypeSpecification
            ? metadata.GetTypeSpecification((TypeSpecificationHandle)member.Parent).DecodeSignature(names, null)
            : names.NameOf(metadata, member.Parent);
        names.Seen(parent, metadata.GetString(member.Name));
    }

    /// <summary>Tells each type that a signature mentions.</summary>
    sealed class Names : ISignatureTypeProvider<string, object?>
    {
        public Action<string, string> Seen { get; set; } = (_, _) => { };

        public static string Outermost(MetadataReader reader, TypeDefinitionHandle handle)
        {
            TypeDefinition type = reader.GetTypeDefinition(handle);
            while (type.IsNested) type = reader.GetTypeDefinition(type.GetDeclaringType());
            return Join(reader, type.Namespace, type.Name);
        }

        public string NameOf(MetadataReader reader, EntityHandle handle) => handle.Kind switch
        {
            HandleKind.TypeReference => GetTypeFromReference(reader, (TypeReferenceHandle)handle, 0),
            HandleKind.TypeDefinition => Outermost(reader, (TypeDefinitionHandle)handle),
            _ => "",
        };

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
        {
            TypeReference type = reader.GetTypeReference(handle);
            while (type.ResolutionScope.Kind == HandleKind.TypeReference) type = reader.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
            return Told(Join(reader, type.Namespace, type.Name));
        }

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Told(Outermost(reader, handle));
        public string GetTypeFromSpecification(MetadataReader reader, object? context, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, context);
        public string GetPrimitiveType(PrimitiveTypeCode code) => "System." + code;
        public string GetSZArrayType(string element) => element;
        public string GetArrayType(string element, ArrayShape shape) => element;
        public string GetByReferenceType(string element) => element;
        public string GetPointerType(string element) => element;
        public string GetPinnedType(string element) => element;
        public string GetGenericInstantiation(string type, ImmutableArray<string> arguments) => type;
        public string GetGenericMethodParameter(object? context, int index) => "";
        public string GetGenericTypeParameter(object? context, int index) => "";
        public string GetModifiedType(string modifier, string type, bool required) => type;
        public string GetFunctionPointerType(MethodSignature<string> signature) => "";

        static string Join(MetadataReader reader, StringHandle space, StringHandle name) =>
            space.IsNil ? reader.GetString(name) : reader.GetString(space) + "." + reader.GetString(name);

        string Told(string type)
        {
            Seen(type, "");
            return type;
        }
    }
}
