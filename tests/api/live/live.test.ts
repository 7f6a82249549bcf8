import { scores } from '../../../schemas/models/scores.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { waitFor } from '../../support/services.ts'
import { apiUnderTest } from '../api-under-test.ts'
import { NOW, scoreOf } from '../stored-world.ts'

test('updates stream over HTTP until the client leaves; closing the server ends the others', async () => {
  const api = await apiUnderTest()
  let closed = false
  try {
    const address = await api.server.listen({ host: '127.0.0.1', port: 0 })
    const leaving = new AbortController()
    const answer = await fetch(`${address}/live?topics=scores`, { signal: leaving.signal })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader.read()).value).toContain('event: hello')
    api.emit({ topic: scores as Topic, value: scoreOf('conversion', 'c-1', 0.5, NOW) })
    expect((await reader.read()).value).toMatch(/^event: scores\ndata: \{.*"probability":0.5.*\}\n\n$/)
    leaving.abort()
    await waitFor(() => api.listeners() === 0, { what: 'the stream to end' })

    const other = await fetch(`${address}/live`)
    const rest = other.text()
    await waitFor(() => api.listeners() === 1, { what: 'the second stream' })
    await api.close()
    closed = true
    expect(await rest).toContain('hello')
  } finally {
    if (!closed) await api.close()
  }
})

test('a topic that is not live is refused', async () => {
  const api = await apiUnderTest()
  try {
    const answer = await api.server.inject({ url: '/live?topics=scores,gossip' })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ errors: [{ path: '/topics', problem: expect.stringContaining('gossip') }] })
  } finally {
    await api.close()
  }
})

test('more clients than it can serve are turned away', async () => {
  const api = await apiUnderTest()
  const leaving = new AbortController()
  try {
    const address = await api.server.listen({ host: '127.0.0.1', port: 0 })
    const follow = () => fetch(`${address}/live`, { signal: leaving.signal })
    const answers = await Promise.all(Array.from({ length: 500 }, follow))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    const late = await follow()
    expect(late.status).toBe(503)
    expect(await late.json()).toMatchObject({ type: '/problems/unavailable' })
  } finally {
    leaving.abort()
    await api.close()
  }
})
