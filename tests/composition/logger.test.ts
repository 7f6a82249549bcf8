import { createLogger, type LoggerOptions } from '../../composition/logger.ts'

const linesOf = (options: Partial<LoggerOptions> = {}) => {
  const lines: string[] = []
  return { lines, log: createLogger({ level: 'info', format: 'json', write: (line) => lines.push(line), ...options }) }
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

test('for programs a line is one JSON object with level, time, message and fields', () => {
  const { log, lines } = linesOf()
  log('warn', 'A task restarts\nafter a failure', { component: 'processors', processor: 'conversion', partition: 3 })
  expect(lines).toHaveLength(1)
  expect(lines[0]!.indexOf('\n')).toBe(lines[0]!.length - 1)
  expect(JSON.parse(lines[0]!)).toEqual({
    level: 'warn',
    time: expect.stringMatching(TIME) as string,
    msg: 'A task restarts\nafter a failure',
    component: 'processors',
    processor: 'conversion',
    partition: 3,
  })
})

test('for people it is a sentence', () => {
  const { log, lines } = linesOf({ format: 'text' })
  log('info', 'The sink is running', { component: 'sink' })
  log('error', 'It failed', { partition: 3, error: new Error('no room', { cause: new Error('ENOSPC') }) })
  expect(lines.map((line) => line.slice('2026-01-01T00:00:00.000Z'.length))).toEqual([
    ' info  The sink is running\n',
    ' error It failed (partition 3): Error: no room (ENOSPC)\n',
  ])
  expect(lines[0]!.slice(0, 24)).toMatch(TIME)
})

test.each([
  ['info', ['info', 'warn', 'error']],
  ['warn', ['warn', 'error']],
  ['error', ['error']],
  ['silent', []],
] as const)('from %s on', (level, written) => {
  const { log, lines } = linesOf({ level })
  for (const each of ['info', 'warn', 'error'] as const) log(each, each)
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(written)
})

test.each(['json', 'text'] as const)('passwords are hidden wherever they stand, in %s', (format) => {
  const { log, lines } = linesOf({ format })
  log('info', 'Connecting to postgres://app:pa5S%2Fword@db:5432/x, then to https://127.0.0.1:8080/page', {
    password: 'pa5Sword',
    client: { sasl: { username: 'app', password: 'pa5Sword' } },
    config: { KAFKA_SASL_PASSWORD: 'pa5Sword', DATABASE_URL: 'postgres://app:pa5Sword@db/x', API_PORT: 8080 },
    error: new Error('no answer from postgresql://app:pa5Sw@rd@db'),
  })
  expect(lines[0]).not.toMatch(/pa5S/)
  expect(lines[0]).toContain('postgres://app:***@db:5432/x, then to https://127.0.0.1:8080/page')
  expect(lines[0]).toContain('postgresql://app:***@db')
  expect(lines[0]).toContain('8080')
})

test('an error is logged with its kind, code and cause, without values of rows', () => {
  const { log, lines } = linesOf()
  const cause = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (name)=(王秀英) exists.' })
  log('error', 'It failed', { error: new TypeError('no', { cause }) })
  log('error', 'It failed', { error: 'a word' })
  const [failed, word] = lines.map((line) => (JSON.parse(line) as { error: unknown }).error)
  expect(failed).toMatchObject({
    type: 'TypeError',
    message: 'no',
    stack: expect.stringContaining('logger.test') as string,
    cause: { type: 'Error', message: 'duplicate key', code: '23505' },
  })
  expect(word).toEqual({ type: 'string', message: 'a word' })
  expect(lines.join()).not.toContain('王秀英')
})
