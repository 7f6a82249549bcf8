import { untilSent } from '../../composition/until-sent.ts'
import { DeliveryTimeoutError, errorOfCode, RecordTooLargeError } from '../../kafka/errors.ts'
import { createHealth } from '../../streams/health.ts'

const late = () => new DeliveryTimeoutError('too late', 'DELIVERY_TIMEOUT', 'abortable')
const denied = () => errorOfCode(29, 'Produce to visits-0')
const leaderless = () => errorOfCode(5, 'Leader of visits-0')

test('what Kafka rejects is resent until it is accepted, and reported meanwhile', async () => {
  const failures = [late(), denied(), leaderless()]
  const health = createHealth()
  const troubles: (string | undefined)[] = []
  let warnings = 0
  const sent = await untilSent(
    () => {
      troubles.push(health.trouble())
      const failure = failures.shift()
      return failure === undefined ? Promise.resolve() : Promise.reject(failure)
    },
    { what: 'The world', log: () => warnings++, health, signal: new AbortController().signal, pauseMs: 1 },
  )
  expect(sent).toBe(true)
  expect(warnings).toBe(3)
  expect(troubles[2]).toMatch(/The world has failed 2 times in a row/)
  expect(health.trouble()).toBeUndefined()
})

test('an error that waiting can’t fix is thrown at once', async () => {
  const send = () => Promise.reject(new RecordTooLargeError('too large', 'MESSAGE_TOO_LARGE', 'abortable'))
  const options = { what: 'The world', log: () => {}, signal: new AbortController().signal }
  await expect(untilSent(send, options)).rejects.toThrow('too large')
  await expect(untilSent(() => Promise.reject(new TypeError('a mistake')), options)).rejects.toThrow('a mistake')
})

test('stopping ends the attempts', async () => {
  const stopping = new AbortController()
  const send = () => {
    stopping.abort()
    return Promise.reject(late())
  }
  expect(await untilSent(send, { what: 'The world', log: () => {}, signal: stopping.signal })).toBe(false)
})
