import type { Type, types } from 'avsc'
import { avroType } from './avro-type.ts'

/**
 * Returns why data of the writer’s schema can’t be read with the reader’s, each cause with the path of its field; empty
 * if it can. Both are Avro schemas as JSON; the rules are those of
 * https://avro.apache.org/docs/1.12.0/specification/#schema-resolution.
 */
export function incompatibilities(writer: unknown, reader: unknown): readonly string[] {
  const [writerType, readerType] = [avroType(writer), avroType(reader)]
  const causes = causesOf(writerType, readerType, readerType.name?.replace(/^.*\./, '') ?? '')
  if (causes.length > 0) return causes
  // The walk above only finds explanations; the resolver decides whether bytes can be read.
  const refusal = resolverError(writerType, readerType)
  return refusal === undefined ? [] : [refusal]
}

function causesOf(writer: Type, reader: Type, path: string): readonly string[] {
  if (isUnion(writer)) return writer.types.flatMap((branch) => causesOf(branch, reader, path))
  if (isUnion(reader)) {
    const branch =
      reader.types.find((type) => isSameKind(writer, type)) ?? reader.types.find((type) => !resolverError(writer, type))
    return branch === undefined ? [`${path}: ${typeText(writer)} is none of its types`] : causesOf(writer, branch, path)
  }
  if (writer.name !== reader.name && writer.typeName === reader.typeName) {
    return [`${path}: ${typeText(writer)} is read as ${typeText(reader)}`]
  }
  if (isRecord(writer) && isRecord(reader)) {
    return reader.fields.flatMap((field) => {
      const written: types.Field | undefined = writer.field(field.name)
      if (written !== undefined) return causesOf(written.type, field.type, `${path}.${field.name}`)
      return field.defaultValue() === undefined ? [`${path}.${field.name}: is not written and has no default`] : []
    })
  }
  if (isArray(writer) && isArray(reader)) return causesOf(writer.itemsType, reader.itemsType, `${path}[]`)
  if (isMap(writer) && isMap(reader)) return causesOf(writer.valuesType as Type, reader.valuesType as Type, `${path}{}`)
  if (resolverError(writer, reader) === undefined) return []
  if (isEnum(writer) && isEnum(reader)) {
    const unknown = writer.symbols.filter((symbol) => !reader.symbols.includes(symbol))
    return [`${path}: ${unknown.join(', ')} is no symbol of ${reader.name} and there is no default for it`]
  }
  return [`${path}: ${typeText(writer)} is read as ${typeText(reader)}`]
}

function resolverError(writer: Type, reader: Type): string | undefined {
  try {
    reader.createResolver(writer)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

function isSameKind(one: Type, other: Type): boolean {
  return one.typeName === other.typeName && one.name === other.name
}

function typeText(type: Type): string {
  return type.name === undefined ? type.typeName : `${type.typeName} ${type.name}`
}

const isUnion = (type: Type): type is types.UnwrappedUnionType => type.typeName.startsWith('union')
const isRecord = (type: Type): type is types.RecordType => type.typeName === 'record'
const isArray = (type: Type): type is types.ArrayType => type.typeName === 'array'
const isMap = (type: Type): type is types.MapType => type.typeName === 'map'
const isEnum = (type: Type): type is types.EnumType => type.typeName === 'enum'
