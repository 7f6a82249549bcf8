/** Checks answers against the OpenAPI description. */
import { Compile, type Validator } from 'typebox/schema'
import type { JsonSchema } from '../support/json-schema-arbitrary.ts'

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly schema: JsonSchema
}
export interface Operation {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> }
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >
}
export interface Description {
  readonly components: { readonly schemas: Readonly<Record<string, object>> }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

export interface Answer {
  readonly status: number
  /** Content type with its parameters, as in the header. */
  readonly contentType: string
  readonly body: string
}

export function describedAnswers(description: Description) {
  const validators = new Map<object, Validator>()

  function resolved(schema: object): object {
    return '$ref' in schema ? description.components.schemas[String(schema.$ref).split('/').at(-1)!]! : schema
  }

  function problemsOf(schema: object, value: unknown): unknown[] {
    let validator = validators.get(schema)
    if (validator === undefined) validators.set(schema, (validator = Compile(resolved(schema) as never)))
    return validator.Check(value) ? [] : validator.Errors(value)[1]
  }

  /** Returns what contradicts the description: the status, the type or the shape of the body. */
  function wrongIn({ responses }: Operation, { status, contentType, body }: Answer): unknown[] {
    const response = responses[String(status)]
    if (response === undefined) return [`The status ${status} is not described.`]
    const type = contentType.split(';', 1)[0]!
    const content = response.content?.[type]
    if (content === undefined) return [`The type ${type} is not described for ${status}.`]
    return problemsOf(content.schema, /^application\/(.*\+)?json$/.test(type) ? JSON.parse(body) : body)
  }

  return { problemsOf, wrongIn }
}
