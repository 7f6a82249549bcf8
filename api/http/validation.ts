import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { NOT_BLANK } from '../../schemas/rules.ts'
import { identifier } from '../../schemas/avro/schema.ts'
import { NO_NUL } from './schema-parts.ts'

/** An invalid value in a part of a request. */
export interface PartProblem {
  /** JSON Pointer (RFC 6901) to the value within the part. */
  readonly path: string
  readonly problem: string
}

/** Every error in one part of a request: the body, the query or the path. */
export class PartError extends Error {
  override readonly name = 'PartError'
  readonly part: string
  readonly problems: readonly PartProblem[]

  constructor(part: string, problems: readonly PartProblem[]) {
    super(`The ${part} is invalid.`)
    this.part = part
    this.problems = problems
  }
}

const partNames: Readonly<Record<string, string>> = {
  querystring: 'query',
  params: 'path',
  body: 'body',
  headers: 'headers',
}

/**
 * Compiles the validator of a part of a request. Values in the URL are converted to the numbers and booleans of the
 * schema; a body is not converted. Headers are only described: each route validates its own, with its own status.
 */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart = 'body' }) => {
  if (httpPart === 'headers') return () => true
  const validator = Compile(schema)
  return (data: unknown) => {
    const value = httpPart === 'body' ? data : converted(schema, validator.Default({ ...(data as object) }))
    const problems = validator.Check(value) ? nulCharacters(value, '') : validator.Errors(value).flatMap(problemsOf)
    return problems.length === 0 ? { value } : { error: new PartError(partNames[httpPart] ?? httpPart, problems) }
  }
}

/** The number syntax of JSON. */
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/
const truths: Readonly<Record<string, boolean>> = { true: true, false: false }

/** Converts strings to the types in the schema. A string that can't be parsed stays one, and fails validation. */
function converted(schema: TSchema, data: unknown): unknown {
  const { properties = {} } = schema as { readonly properties?: Readonly<Record<string, { readonly type?: string }>> }
  return Object.fromEntries(
    Object.entries(data as Readonly<Record<string, unknown>>).map(([name, text]) => {
      const type = Object.hasOwn(properties, name) ? properties[name]!.type : undefined
      if (typeof text !== 'string') return [name, text]
      if (type === 'boolean' && Object.hasOwn(truths, text)) return [name, truths[text]]
      if ((type === 'integer' || type === 'number') && NUMBER.test(text)) return [name, Number(text)]
      return [name, text]
    }),
  )
}

type SchemaError = ReturnType<Validator['Errors']>[number]

/** Messages by the pattern that a string does not match. */
const patternMessages: Readonly<Record<string, string>> = {
  [NO_NUL]: 'It contains a NUL character.',
  [String(identifier.json!['pattern'])]: 'It contains a control character.',
  [NOT_BLANK]: 'It is blank or contains a NUL character.',
}

/** Converts an error of the validator to messages for the client, each with its path. */
function problemsOf({ keyword, instancePath: path, params, message }: SchemaError): PartProblem[] {
  const {
    requiredProperties = [],
    allowedValues = [],
    pattern = '',
  } = params as {
    readonly requiredProperties?: readonly string[]
    readonly allowedValues?: readonly unknown[]
    readonly pattern?: string | RegExp
  }
  switch (keyword) {
    case 'required':
      return requiredProperties.map((name) => ({ path: `${path}/${name}`, problem: 'It is missing.' }))
    case 'boolean':
      return [{ path, problem: 'There is no such parameter or field.' }]
    case 'additionalProperties':
    case 'propertyNames':
      // Each unknown property has an error of its own, at its path.
      return []
    case 'pattern':
      return [{ path, problem: patternMessages[String(pattern)] ?? `It ${message}.` }]
    case 'enum':
      return [{ path, problem: `It must be one of ${allowedValues.join(', ')}.` }]
    default:
      return [{ path, problem: `It ${message}.` }]
  }
}

/** Finds NUL characters, which PostgreSQL can't store. */
function nulCharacters(value: unknown, path: string): PartProblem[] {
  if (typeof value === 'string') return value.includes('\0') ? [{ path, problem: 'It contains a NUL character.' }] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    name.includes('\0')
      ? [{ path: `${path}/${name}`, problem: 'Its name contains a NUL character.' }]
      : nulCharacters(inner, `${path}/${name}`),
  )
}
