import { PERSONAL } from '../../../api/http/personal.ts'

/** A field in an answer, as the description of the API has it. */
export interface DescribedField {
  /** Route and place, such as `/visits items[].text`. */
  readonly place: string
  readonly name: string
  /** Whether it holds any text: not an enumeration, a time or a number. */
  readonly isText: boolean
  /** Whether it is marked as personal data. */
  readonly isMarked: boolean
  /** Whether it is a part of what is marked. */
  readonly isInMarked: boolean
}

interface Json {
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Json[]
  readonly properties?: Readonly<Record<string, Json>>
  readonly items?: Json
  readonly additionalProperties?: Json | boolean
  readonly [PERSONAL]?: string
}

export interface DescribedOperation {
  readonly 'x-access': string
  readonly 'x-messages'?: Readonly<Record<string, Json>>
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Json }>> }>
  >
}

/** Returns every field of the successful answers of an operation, and of its messages. */
export function fieldsOf(path: string, operation: DescribedOperation): DescribedField[] {
  const answers = Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
    status.startsWith('2') ? Object.values(content).flatMap(({ schema }) => fieldsIn(schema, `${path} `, false)) : [],
  )
  const messages = Object.entries(operation['x-messages'] ?? {}).flatMap(([topic, schema]) =>
    fieldsIn(schema, `${path} ${topic} `, false),
  )
  return [...answers, ...messages]
}

function fieldsIn(schema: Json, at: string, isInMarked: boolean): DescribedField[] {
  const values = typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : []
  return [
    ...(schema.anyOf ?? []).flatMap((one) => fieldsIn(one, at, isInMarked)),
    ...(schema.items === undefined ? [] : fieldsIn(schema.items, `${at}[].`, isInMarked)),
    ...values.flatMap((one) => fieldsIn(one, `${at}*.`, isInMarked)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, field]): DescribedField[] => {
      const isMarked = PERSONAL in field
      const place = `${at}${name}`
      return [
        { place, name, isText: isText(field), isMarked, isInMarked },
        ...fieldsIn(field, `${place}.`, isMarked || isInMarked),
      ]
    }),
  ]
}

function isText({ type, format, enum: symbols, anyOf = [], items, additionalProperties }: Json): boolean {
  const inner = [...anyOf, ...(items === undefined ? [] : [items])]
  const values = typeof additionalProperties === 'object' ? [additionalProperties] : []
  return (
    ([type].flat().includes('string') && format === undefined && symbols === undefined) ||
    [...inner, ...values].some(isText)
  )
}
