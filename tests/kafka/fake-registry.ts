import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A schema registry in memory, with the part of the REST interface that its clients use to register and to read. */
export interface FakeRegistry extends AsyncDisposable {
  readonly url: string
  /** Requests as `METHOD path`, in order of arrival. */
  readonly requests: readonly string[]
  readonly compatibility: Map<string, string>
  /** Registers a schema as another client would. */
  add(subject: string, schema: unknown): number
  /** Deletes a version, counted from 1; later ones keep their numbers. */
  remove(subject: string, version: number): void
}

export interface FakeRegistryOptions {
  readonly firstId?: number
  /** `user:password` that every request must have. */
  readonly credentials?: string
}

export async function startFakeRegistry({
  firstId = 100_001,
  credentials,
}: FakeRegistryOptions = {}): Promise<FakeRegistry> {
  const schemas: string[] = []
  const subjects = new Map<string, number[]>()
  const compatibility = new Map<string, string>()
  const requests: string[] = []

  function add(subject: string, schema: string): number {
    const index = schemas.includes(schema) ? schemas.indexOf(schema) : schemas.push(schema) - 1
    const versions = subjects.get(subject) ?? []
    subjects.set(subject, versions)
    if (!versions.includes(index)) versions.push(index)
    return firstId + index
  }

  async function answer(request: IncomingMessage): Promise<[status: number, body: unknown]> {
    const [, first, second, third, fourth] = new URL(request.url!, 'http://registry').pathname
      .split('/')
      .map(decodeURIComponent)
    if (
      credentials !== undefined &&
      request.headers.authorization !== `Basic ${Buffer.from(credentials).toString('base64')}`
    ) {
      return [401, { error_code: 40101, message: 'Unauthorized' }]
    }
    const body = JSON.parse((await textOf(request)) || '{}') as Record<string, string>
    const notFound: [number, unknown] = [404, { error_code: 40401, message: 'Not found.' }]
    switch (`${request.method} ${first}`) {
      case 'GET config':
        return compatibility.has(second!) ? [200, { compatibilityLevel: compatibility.get(second!) }] : notFound
      case 'PUT config':
        compatibility.set(second!, body['compatibility']!)
        return [200, body]
      case 'POST subjects':
        return [200, { id: add(second!, body['schema']!) }]
      case 'GET subjects': {
        const index = subjects.get(second!)?.[Number(fourth) - 1]
        if (index === undefined || index < 0) return notFound
        return [200, { subject: second, version: Number(fourth), id: firstId + index, schema: schemas[index] }]
      }
      case 'GET schemas': {
        const schema = schemas[Number(third) - firstId]
        return schema === undefined ? notFound : [200, { schema }]
      }
      default:
        return notFound
    }
  }

  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    void answer(request).then(([status, body]) => {
      response.writeHead(status, { 'content-type': 'application/vnd.schemaregistry.v1+json' }).end(JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    compatibility,
    add: (subject, schema) => add(subject, JSON.stringify(schema)),
    remove: (subject, version) => void (subjects.get(subject)![version - 1] = -1),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
