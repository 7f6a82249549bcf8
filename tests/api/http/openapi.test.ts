import { Compile } from 'typebox/schema'
import { topics } from '../../../subjects/subjects.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'
import { storeWorld } from '../stored-world.ts'

interface Operation {
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: unknown }>> }
  readonly responses: Readonly<
    Record<
      string,
      { readonly description: string; readonly content?: Readonly<Record<string, { readonly schema: object }>> }
    >
  >
}
interface Description {
  readonly openapi: string
  readonly tags: readonly { readonly name: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

let api: ApiUnderTest
let description: Description

beforeAll(async () => {
  api = await apiUnderTest()
  await storeWorld(api.database)
  description = (await api.server.inject({ url: '/openapi.json' })).json()
})
afterAll(() => api.close())

const operations = () =>
  Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
  )

test('it is OpenAPI 3.1, and every path has a summary, a known tag and answers', () => {
  expect(description.openapi).toBe('3.1.0')
  const known = description.tags.map(({ name }) => name)
  const lacking = operations().filter(
    ({ summary, tags, responses }) =>
      !summary || tags?.length !== 1 || !known.includes(tags[0]!) || Object.keys(responses).length === 0,
  )
  expect(lacking).toEqual([])
})

test('every topic that accepts events has a path with its fields', () => {
  for (const { name, schema } of topics.filter(({ role, name }) => role === 'input' && name !== 'clock')) {
    const body = description.paths[`/events/${name}`]?.['post']?.requestBody?.content['application/json']?.schema as {
      anyOf: [{ properties: object }, unknown]
    }
    expect({ name, fields: Object.keys(body.anyOf[0].properties) }).toEqual({
      name,
      fields: Object.keys(schema.fields),
    })
  }
})

test.each([
  ['/health', '/health'],
  ['/ready', '/ready'],
  ['/status', '/status'],
  ['/customers', '/customers'],
  ['/customers/{id}', '/customers/c-1'],
  ['/customers/{id}/scores', '/customers/c-2/scores'],
  ['/scores', '/scores'],
  ['/features', '/features'],
  ['/opportunities', '/opportunities'],
  ['/priorities', '/priorities'],
  ['/priorities/owners', '/priorities/owners'],
  ['/assessments', '/assessments'],
  ['/alerts', '/alerts'],
  ['/dead-letters', '/dead-letters'],
  ['/thresholds/{task}', '/thresholds/loan-demand'],
  ['/policies/{name}', '/policies/visit-assessment'],
  ['/policies/{name}/state', '/policies/visit-assessment/state'],
  ['/policies/{name}/shadow', '/policies/visit-assessment/shadow'],
  ['/dictionary', '/dictionary'],
  ['/dictionary/changes', '/dictionary/changes'],
  ['/needs', '/needs'],
  ['/needs/{id}', '/needs/lower-costs'],
  ['/characteristics', '/characteristics'],
  ['/characteristics/{id}', '/characteristics/low-rate'],
  ['/problems', '/problems'],
  ['/subjects/{subject}/versions/{version}', '/subjects/visits-value/versions/1'],
])('the answer of %s matches its description', async (path, url) => {
  const [{ schema }] = Object.values(description.paths[path]!['get']!.responses['200']!.content!) as [
    { schema: object },
  ]
  const body: unknown = (await api.server.inject({ url })).json()
  const validator = Compile(schema as never)
  expect(validator.Errors(body)[1]).toEqual([])
  expect(undescribed(schema, body)).toEqual([])
})

interface Described {
  readonly properties?: Readonly<Record<string, Described>>
  readonly patternProperties?: object
  readonly additionalProperties?: unknown
  readonly items?: Described
}

/** Returns fields of an answer that its description lacks: not every serialiser drops them. */
function undescribed(schema: Described, value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value))
    return value.flatMap((one, index) => undescribed(schema.items ?? {}, one, `${path}/${index}`))
  const { properties, patternProperties, additionalProperties } = schema
  if (properties === undefined || patternProperties !== undefined || additionalProperties !== undefined) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    name in properties ? undescribed(properties[name]!, inner, `${path}/${name}`) : [`${path}/${name}`],
  )
}

test('failures are described as problem documents', () => {
  const { responses } = description.paths['/events/transactions']!['post']!
  for (const status of ['400', '413', '415', '503']) {
    expect(Object.keys(responses[status]!.content!)).toEqual(['application/problem+json'])
  }
})

test('every kind of failure is explained at the address of its type', async () => {
  const { items } = (await api.server.inject({ url: '/problems' })).json() as {
    items: { type: string; help: string }[]
  }
  expect(items.length).toBeGreaterThan(5)
  for (const { type, help } of items) {
    const explained = await api.server.inject({ url: type })
    expect(explained.json()).toMatchObject({ type, help })
  }
})
