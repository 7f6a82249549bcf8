import { lineOf } from '../../composition/log-line.ts'
import { rateLimitedLog } from '../../composition/rate-limited-log.ts'

test('a repeated trouble is logged once in a while, with its count; anything else at once', () => {
  const lines: string[] = []
  let now = 0
  const log = rateLimitedLog(
    (level, message, fields) => lines.push(`${level} ${lineOf(message, fields)}`),
    () => now,
  )
  for (let attempt = 1; attempt <= 30; attempt++) {
    log('warn', `The sink starts anew (${attempt} in a row)`)
    log('info', 'verified')
    if (attempt === 2) log('error', 'The sink starts anew (2 in a row)')
    now += 1_000
  }
  expect(lines.filter((line) => line.startsWith('warn'))).toEqual([
    'warn The sink starts anew (1 in a row)',
    'warn The sink starts anew (11 in a row) (suppressed 9)',
    'warn The sink starts anew (21 in a row) (suppressed 9)',
  ])
  expect(lines.filter((line) => line === 'info verified').length).toBe(30)
  expect(lines).toContain('error The sink starts anew (2 in a row)')
})

test('the same message about another task or with another cause is logged at once', () => {
  const lines: string[] = []
  const log = rateLimitedLog(
    (_level, message, fields) => lines.push(lineOf(message, fields)),
    () => 0,
  )
  for (const [task, words] of [
    ['conversion', 'no broker'],
    ['conversion', 'no broker'],
    ['loan-demand', 'no broker'],
    ['conversion', 'no room'],
  ] as const)
    log('warn', 'A task restarts', { task, error: new Error(words) })
  expect(lines).toEqual([
    'A task restarts (task conversion): Error: no broker',
    'A task restarts (task loan-demand): Error: no broker',
    'A task restarts (task conversion): Error: no room',
  ])
})
