import { createHealth } from '../../../streams/health.ts'
import { membershipTrouble } from '../../../streams/task/membership-trouble.ts'

test('a membership that keeps failing is reported as trouble, and logged when that begins and ends', () => {
  const health = createHealth()
  const lines: string[] = []
  const onTrouble = membershipTrouble('The sink', health, (level, message) => lines.push(`${level}: ${message}`))
  for (let tries = 0; tries < 3; tries++) onTrouble(new Error('GROUP_AUTHORIZATION_FAILED'))
  expect(health.trouble()).toBe(
    'The membership of The sink in its group has failed 3 times in a row and is tried again: GROUP_AUTHORIZATION_FAILED',
  )
  onTrouble(undefined)
  onTrouble(undefined)
  expect(health.trouble()).toBeUndefined()
  expect(lines).toEqual([
    'error: The sink can’t take part in its group and tries again: GROUP_AUTHORIZATION_FAILED',
    'info: The sink takes part in its group again',
  ])
})
