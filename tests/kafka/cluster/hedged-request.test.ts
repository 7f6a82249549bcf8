import { hedgedRequest } from '../../../kafka/cluster/hedged-request.ts'

const never = () => new Promise<string>(() => undefined)
const fails = (message: string) => () => Promise.reject<string>(new Error(message))
const gives = (answer: string) => () => Promise.resolve(answer)
const notFinal = () => false

test('who hangs or fails is passed over, and the first answer counts', async () => {
  expect(await hedgedRequest([never, fails('b'), gives('c'), gives('d')], 5, notFinal)).toBe('c')
})

test('a slow source that was asked earlier may still be the first', async () => {
  const slow = Promise.withResolvers<string>()
  const asked: string[] = []
  const next = () => {
    asked.push('next')
    slow.resolve('slow')
    return never()
  }
  expect(await hedgedRequest([() => slow.promise, next], 5, notFinal)).toBe('slow')
  expect(asked).toEqual(['next'])
})

test('no other source is asked if the answer comes in time', async () => {
  const asked: string[] = []
  await hedgedRequest([gives('a'), () => (asked.push('b'), never())], 1_000, notFinal)
  expect(asked).toEqual([])
})

test('once all have failed, the last error tells; a final one at once', async () => {
  await expect(hedgedRequest([fails('a'), fails('b')], 5, notFinal)).rejects.toThrow('b')
  const asked: string[] = []
  const attempts = [fails('wrong password'), () => (asked.push('b'), never())]
  await expect(hedgedRequest(attempts, 5, () => true)).rejects.toThrow('wrong password')
  expect(asked).toEqual([])
})
