import { createBufferRoom } from '../../../kafka/producer/buffer-room.ts'

/** Whether the promise has settled after all pending microtasks and immediates have run. */
async function isSettled(promise: Promise<void>): Promise<boolean> {
  let settled = false
  void promise.then(() => (settled = true))
  await new Promise(setImmediate)
  return settled
}

describe('the room of a producer', () => {
  it('admits bytes as others are released', async () => {
    const room = createBufferRoom(100)
    room.add(80)
    const waiting = room.waitFor(30)
    expect(room.isFullFor(30)).toBe(true)
    room.release(5)
    await expect(isSettled(waiting)).resolves.toBe(false)
    room.release(5)
    await expect(isSettled(waiting)).resolves.toBe(true)
    expect(room.isFullFor(30)).toBe(false)
  })

  it('admits more than it holds, alone', async () => {
    const room = createBufferRoom(100)
    await room.waitFor(500)
    room.add(1)
    const waiting = room.waitFor(500)
    await expect(isSettled(waiting)).resolves.toBe(false)
    room.release(1)
    await waiting
  })

  it('releases all waiters when it is closed', async () => {
    const room = createBufferRoom(100)
    room.add(100)
    const waiting = [room.waitFor(1), room.waitFor(2)]
    room.close()
    await Promise.all([...waiting, room.waitFor(3)])
  })
})
