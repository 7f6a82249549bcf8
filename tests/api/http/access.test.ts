import { rights } from '../../../api/http/access.ts'
import { buildOperations } from '../../../api/operations/build-operations.ts'
import { createMetrics } from '../../../api/operations/metrics.ts'
import { createServer } from '../../../api/http/server.ts'
import { apiUnderTest } from '../api-under-test.ts'

test('a server with a route that states no right does not start, and names it', async () => {
  const server = createServer()
  server.get('/open', { config: { access: 'public' } }, () => 'fine')
  server.get('/forgotten', {}, () => 'who may see it?')
  server.put('/forgotten/:id', { config: { access: 'everything' as 'public' } }, () => 'a right that there is not')
  await expect(server.ready()).rejects.toThrow(
    'Routes must declare their permission in `config.access`: GET /forgotten; HEAD /forgotten; PUT /forgotten/:id.',
  )
})

test('the endpoints of a process without the API start too', async () => {
  const server = buildOperations({
    metrics: createMetrics(),
    readiness: () => Promise.resolve([]),
    logError: () => {},
    hosts: undefined,
  })
  await server.ready()
  await server.close()
})

test('the description names the right that each operation needs, and describes the rights', async () => {
  const api = await apiUnderTest()
  try {
    interface Described {
      readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly 'x-access'?: string }>>>>
      readonly 'x-rights': object
    }
    const { paths, 'x-rights': described } = (await api.server.inject({ url: '/openapi.json' })).json<Described>()
    expect(described).toEqual(rights)
    const needed = new Map(
      Object.entries(paths).flatMap(([path, operations]) =>
        Object.entries(operations).map(([method, operation]) => [`${method} ${path}`, operation['x-access']] as const),
      ),
    )
    // Every right is needed by at least one operation.
    expect([...new Set(needed.values())].sort()).toEqual(Object.keys(rights).sort())
    expect(Object.fromEntries(needed)).toMatchObject({
      'get /health': 'public',
      'get /metrics': 'operate',
      'get /live': 'read-customers',
      'post /events/visits': 'write-events',
      'get /priorities': 'read-sales',
      'get /thresholds/{task}': 'read-settings',
      'put /thresholds/{task}': 'write-settings',
      'delete /needs/{id}': 'write-settings',
      'get /subjects': 'read-schemas',
    })
  } finally {
    await api.close()
  }
})
