import { setImmediate as turn } from 'node:timers/promises'
import { inParallel } from '../../../composition/backup/in-parallel.ts'

test('results are in order, and no more are at work than allowed', async () => {
  let [working, most] = [0, 0]
  const results = await inParallel([5, 1, 3, 2], 2, async (turns) => {
    most = Math.max(most, ++working)
    for (let index = 0; index < turns; index++) await turn()
    working--
    return turns * 10
  })
  expect([results, most]).toEqual([[50, 10, 30, 20], 2])
})

test('an error ends it once nothing is at work any more', async () => {
  const begun: number[] = []
  let finished = false
  const work = async (item: number) => {
    begun.push(item)
    await turn()
    if (item === 1) throw new Error('no room')
    await turn()
    finished = true
  }
  await expect(inParallel([1, 2, 3, 4], 2, work)).rejects.toThrow('no room')
  expect([begun, finished]).toEqual([[1, 2], true])
})
