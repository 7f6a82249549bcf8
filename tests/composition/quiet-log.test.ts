import { quietLog } from '../../composition/quiet-log.ts'

test('the same trouble is told once in a while, with how often it came; anything else at once', () => {
  const lines: string[] = []
  let now = 0
  const log = quietLog(
    (level, message) => lines.push(`${level} ${message}`),
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
    'warn The sink starts anew (11 in a row) (and 9 more like it before)',
    'warn The sink starts anew (21 in a row) (and 9 more like it before)',
  ])
  expect(lines.filter((line) => line === 'info verified').length).toBe(30)
  expect(lines).toContain('error The sink starts anew (2 in a row)')
})
