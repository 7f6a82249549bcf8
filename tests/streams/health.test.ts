import { createHealth } from '../../streams/health.ts'

describe('health', () => {
  test('one failure is no trouble, the second in a row is, with its reason', () => {
    const health = createHealth()
    expect(health.trouble()).toBeUndefined()
    health.failed('partition 3', new Error('the connection broke'))
    expect(health.trouble()).toBeUndefined()
    health.failed('partition 3', new Error('cannot execute INSERT in a read-only transaction'))
    expect(health.trouble()).toBe(
      'partition 3 has failed 2 times in a row and is tried again: cannot execute INSERT in a read-only transaction',
    )
  })

  test('it ends once the piece works, and pieces are tracked separately', () => {
    const health = createHealth()
    for (const piece of ['partition 1', 'partition 2', 'partition 2', 'partition 3', 'partition 3'])
      health.failed(piece, new Error(`${piece} is ill`))
    expect(health.trouble()).toMatch(/^partition 2 .*: partition 2 is ill \(1 more fail too\)$/)
    health.worked('partition 2')
    expect(health.trouble()).toMatch(/^partition 3 .*: partition 3 is ill$/)
    health.worked('partition 3')
    expect(health.trouble()).toBeUndefined()
    health.failed('partition 3', 'again')
    expect(health.trouble()).toBeUndefined()
  })
})
