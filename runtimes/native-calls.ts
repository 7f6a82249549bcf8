import { getEnvironmentData, isMainThread, setEnvironmentData, type Worker } from 'node:worker_threads'

/**
 * ONNX Runtime must not come back into a thread that is being terminated: it throws where no JavaScript may run any
 * more, and the whole process aborts. So threads announce their calls, and are ended between two of them.
 */
const NAME = 'scoreline/native-calls'
/**
 * The number that all threads of the process share: the calls that run, and this for each thread that is being ended.
 * In one number, so that a call is counted only where no thread is being ended.
 */
const ENDING = 1 << 16
/** A thread that ran out of memory never reports the end of its calls. */
const WAIT_MS_MAX = 30_000

const shared = sharedNumber()
/** Calls of this thread that run. */
let ownCalls = 0

function sharedNumber(): Int32Array<SharedArrayBuffer> {
  // A thread gets what the thread that starts it has.
  const given = getEnvironmentData(NAME) as SharedArrayBuffer | undefined
  const number = new Int32Array(given ?? new SharedArrayBuffer(4))
  if (given === undefined) {
    setEnvironmentData(NAME, number.buffer)
    // The end of the process ends all of its threads.
    if (isMainThread) process.on('exit', () => waitAtExit(number))
  }
  // An error that nobody catches ends a thread before the call that it was about to make.
  if (!isMainThread) process.on('exit', () => add(-ownCalls))
  return number
}

/** Makes a call of ONNX Runtime. While a thread is being ended, the calls of other threads wait. */
export async function nativeCall<T>(call: () => Promise<T>): Promise<T> {
  // The main thread is never ended.
  if (isMainThread) return call()
  while (!entered()) await whileEnding()
  ownCalls++
  try {
    return await call()
  } finally {
    ownCalls--
    add(-1)
  }
}

/** Counts a call, unless a thread is being ended. */
function entered(): boolean {
  for (let seen; (seen = Atomics.load(shared, 0)) < ENDING;)
    if (Atomics.compareExchange(shared, 0, seen, seen + 1) === seen) return true
  return false
}

/** The event loop stays free: calls of this thread that run must be able to end, and so must what it is ending itself. */
async function whileEnding(): Promise<void> {
  // Such a wait alone would not keep the thread alive.
  const alive = setInterval(() => {}, WAIT_MS_MAX)
  for (let seen; (seen = Atomics.load(shared, 0)) >= ENDING;) await Atomics.waitAsync(shared, 0, seen).value
  clearInterval(alive)
}

function add(count: number): void {
  Atomics.add(shared, 0, count)
  Atomics.notify(shared, 0)
}

/** Ends a thread at once, or when the calls that run are through. */
export async function endThread(worker: Worker): Promise<void> {
  add(ENDING)
  try {
    const until = performance.now() + WAIT_MS_MAX
    for (let seen; (seen = Atomics.load(shared, 0)) % ENDING > 0 && performance.now() < until;)
      await Atomics.waitAsync(shared, 0, seen, until - performance.now()).value
    await worker.terminate()
  } finally {
    add(-ENDING)
  }
}

function waitAtExit(number: Int32Array): void {
  Atomics.add(number, 0, ENDING)
  const until = performance.now() + WAIT_MS_MAX
  for (let seen; (seen = Atomics.load(number, 0)) % ENDING > 0 && performance.now() < until;)
    Atomics.wait(number, 0, seen, until - performance.now())
}
