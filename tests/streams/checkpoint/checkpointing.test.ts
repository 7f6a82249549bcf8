import { lineOf } from '../../../composition/log-line.ts'
import { createCheckpointing } from '../../../streams/checkpoint/checkpointing.ts'
import { StoreTakenOverError, StoreWriteError } from '../../../streams/state/store-errors.ts'

const MAX = 1_000

function underTest() {
  const scene = {
    now: 0,
    unflushedBytes: 0,
    error: undefined as Error | undefined,
    attempts: 0,
    failed: 0,
    lines: [] as string[],
  }
  const checkpointing = createCheckpointing({
    run: {
      checkpointIfDue() {
        scene.attempts++
        return scene.error === undefined ? Promise.resolve() : Promise.reject(scene.error)
      },
      unflushedBytes: () => scene.unflushedBytes,
    },
    processor: 'p',
    partition: 3,
    unflushedBytesMax: MAX,
    log: (level, message, fields) => void scene.lines.push(`${level} ${lineOf(message, fields)}`),
    metrics: { checkpointFailed: () => void scene.failed++ },
    now: () => scene.now,
  })
  return { scene, checkpointing }
}

test('a full disk is reported, retried after a while, and harmless', async () => {
  const { scene, checkpointing } = underTest()
  scene.error = new StoreWriteError('The disk is full.')
  await checkpointing.ifDue()
  await checkpointing.ifDue()
  expect(scene).toMatchObject({ attempts: 1, failed: 1 })
  expect(scene.lines).toEqual([
    'error There is no checkpoint. Work goes on in memory (processor p, partition 3): StoreWriteError: The disk is full.',
  ])
  scene.now = 5_000
  await checkpointing.ifDue()
  expect(scene).toMatchObject({ attempts: 2, failed: 2 })
  scene.now = 10_000
  scene.error = undefined
  await checkpointing.ifDue()
  expect(scene.lines.at(-1)).toMatch(/written again/)
})

test('no more input is accepted once memory holds twice the checkpoint size, until a checkpoint succeeds', async () => {
  const { scene, checkpointing } = underTest()
  scene.unflushedBytes = 2 * MAX
  expect(checkpointing.mustWait()).toBe(false)
  scene.error = new StoreWriteError('The disk is full.')
  await checkpointing.ifDue()
  expect(checkpointing.mustWait()).toBe(true)
  expect(scene.lines.at(-1)).toMatch(/No more events are taken in/)
  scene.unflushedBytes = 2 * MAX - 1
  expect(checkpointing.mustWait()).toBe(false)
  scene.unflushedBytes = 2 * MAX
  scene.error = undefined
  scene.now = 5_000
  await checkpointing.ifDue()
  expect(checkpointing.mustWait()).toBe(false)
})

test('any other error ends the run', async () => {
  const { scene, checkpointing } = underTest()
  scene.error = new StoreTakenOverError('It is another’s.')
  await expect(checkpointing.ifDue()).rejects.toThrow(StoreTakenOverError)
})
