import type { LiveCalls, Prompt } from '../ports.ts'
import { askSession, transferPrompt } from './ask-session.ts'
import { createTimer, type Clock, type Timer } from './clock.ts'
import type { CallStart, Report } from './reports.ts'
import { cutOf, playedUntil, speakingMs } from './spoken-text.ts'

/** After an interruption the caller's words follow. If none do, the prompt that the interruption led to is said. */
const AFTER_INTERRUPTION_MS = 2_000
/** How long a call whose connection is lost may take to come back. */
const RECONNECT_MS_MAX = 60_000
/** More reports than this at once are no conversation. */
const WAITING_MAX = 64

export interface DriverOptions {
  readonly liveCalls: LiveCalls
  readonly clock: Clock
  readonly logError: (message: string) => void
  /** Silence after the end of a prompt that is reported to the session if no frame arrives, in ms. */
  readonly silenceMs: number
  readonly onEnded: () => void
}

/** One call: passes reports to its session in order and returns the prompts to say. */
export interface DrivenCall {
  /** Returns the prompt that answers a report; `undefined` if there is nothing new to say. Never rejects. */
  handle(report: Report): Promise<Prompt | undefined>
  /** Connects the call to a socket, which gets prompts that answer no frame. Returns a function that disconnects it. */
  attach(deliver: (prompt: Prompt) => void): () => void
  /** Forgets the call but does not end its session, so that another process can go on with it. */
  release(): void
  /** Whether no prompt has been sent yet. */
  isStarting(): boolean
}

interface Call {
  readonly start: CallStart & { readonly customerId: string }
  readonly options: DriverOptions
  /** The newest prompt of the session. */
  current: Prompt | undefined
  /** The prompt that was sent last. It is older than `current` while a prompt is held after an interruption. */
  delivered: Prompt | undefined
  wasCut: boolean
  playing: { readonly partId: string; readonly since: number } | undefined
  /** An agent has the call, or it is being hung up. */
  isOver: boolean
  hasEnded: boolean
  deliver: ((prompt: Prompt) => void) | undefined
  waiting: number
  work: Promise<unknown>
  readonly silence: Timer
  readonly hold: Timer
  readonly reconnect: Timer
}

export function driveCall(start: Call['start'], options: DriverOptions): DrivenCall {
  const { clock } = options
  const call: Call = {
    start,
    options,
    current: undefined,
    delivered: undefined,
    wasCut: false,
    playing: undefined,
    isOver: false,
    hasEnded: false,
    deliver: undefined,
    waiting: 0,
    work: Promise.resolve(),
    silence: createTimer(clock),
    hold: createTimer(clock),
    reconnect: createTimer(clock),
  }
  return {
    handle: (report) => handle(call, report),
    release() {
      call.hasEnded = true
      call.isOver = true
      stopTimers(call)
    },
    isStarting: () => call.delivered === undefined,
    attach(deliver) {
      call.reconnect.stop()
      call.deliver = deliver
      return () => {
        if (call.deliver !== deliver || call.hasEnded) return
        call.deliver = undefined
        call.silence.stop()
        call.reconnect.start(RECONNECT_MS_MAX, () => void handle(call, { kind: 'end', reason: 'connection-lost' }))
      }
    },
  }
}

/** Handles reports one after the other, in the order of their arrival. */
function handle(call: Call, report: Report): Promise<Prompt | undefined> {
  if (call.waiting >= WAITING_MAX && report.kind !== 'end') {
    call.options.logError(`Call ${call.start.callId}: ${WAITING_MAX} reports are waiting, so another one is dropped.`)
    return Promise.resolve(undefined)
  }
  call.waiting += 1
  const answer = call.work.then(async () => {
    call.waiting -= 1
    if (report.kind === 'end') return end(call, report.reason)
    call.silence.stop()
    const prompt = await respond(call, report)
    watchSilence(call)
    return prompt
  })
  call.work = answer
  return answer
}

async function respond(call: Call, report: Report): Promise<Prompt | undefined> {
  if (report.kind === 'start' && report.on === 'retry' && call.delivered !== undefined) return call.delivered
  // An agent has the call: a connection that comes back must not take it from them.
  if (call.isOver) return undefined
  switch (report.kind) {
    case 'start':
      if (report.on === 'new' && call.delivered !== undefined) return undefined
      return answer(call, ({ start }, { liveCalls }, at) => liveCalls.start({ ...start, at }))
    case 'turn':
    case 'silence':
      return respondToTurn(call, report)
    case 'playback':
      return respondToPlayback(call, report)
    case 'interrupted':
      return interrupt(call, report.spoken)
    default:
      return undefined
  }
}

type Question = (call: Call, options: DriverOptions, at: number) => Promise<Prompt>

/** Asks the session for the prompt to say now. */
async function answer(call: Call, question: Question): Promise<Prompt> {
  call.hold.stop()
  return markDelivered(call, await ask(call, question))
}

/** Asks the session; an agent takes the call over if it fails or takes too long. */
async function ask(call: Call, question: Question): Promise<Prompt> {
  const { options, start } = call
  try {
    call.current = await askSession(() => question(call, options, options.clock.now()), options.clock)
  } catch (error) {
    options.logError(`Call ${start.callId} is transferred, because its session failed: ${(error as Error).message}`)
    call.current = transferPrompt(call.current?.step ?? 0, 'telephony.session-failed')
  }
  call.isOver = call.current.next !== 'listen'
  return call.current
}

function markDelivered(call: Call, prompt: Prompt): Prompt {
  call.delivered = prompt
  call.playing = undefined
  call.wasCut = false
  return prompt
}

async function respondToTurn(
  call: Call,
  report: Extract<Report, { readonly kind: 'turn' | 'silence' }>,
): Promise<Prompt | undefined> {
  const { current, delivered, start } = call
  if (current === undefined || delivered === undefined) return undefined
  // A frame for an earlier prompt is late or a duplicate. None can be for a later one: the prompt is repeated.
  if (report.step !== undefined && report.step < delivered.step) return undefined
  if (report.step !== undefined && report.step > delivered.step) return delivered
  if (report.kind === 'silence')
    return answer(call, (_, { liveCalls }, at) => liveCalls.silence(start.callId, { ms: report.ms, at }))
  const words = report.words === undefined ? {} : { words: report.words }
  const turn = { number: current.step, text: report.text, ...words }
  return answer(call, (_, { liveCalls }, at) => liveCalls.turn(start.callId, { ...turn, at }))
}

/** Passes an interruption on once per prompt. The prompt that it leads to is held, since the caller is speaking. */
async function interrupt(call: Call, spoken: string): Promise<Prompt | undefined> {
  const cut = call.delivered === undefined || call.wasCut ? undefined : cutOf(call.delivered, spoken)
  if (cut === undefined) return undefined
  call.wasCut = true
  call.playing = undefined
  const { callId } = call.start
  const prompt = await ask(call, (_, { liveCalls }, at) => liveCalls.interrupted(callId, { ...cut, at }))
  if (prompt.next !== 'listen') return markDelivered(call, prompt)
  call.hold.start(AFTER_INTERRUPTION_MS, () => {
    call.deliver?.(markDelivered(call, prompt))
    watchSilence(call)
  })
  return undefined
}

function respondToPlayback(
  call: Call,
  { event, partId }: Extract<Report, { readonly kind: 'playback' }>,
): Promise<Prompt | undefined> {
  const { playing, delivered } = call
  const now = call.options.clock.now()
  if (event === 'started') call.playing = { partId, since: now }
  if (event === 'finished') call.playing = undefined
  if (event !== 'stopped' || playing?.partId !== partId || delivered === undefined) return Promise.resolve(undefined)
  return interrupt(call, playedUntil(delivered, partId, now - playing.since))
}

/** Reports silence to the session if the call system stays silent after the prompt. */
function watchSilence(call: Call): void {
  const { delivered, deliver, options } = call
  if (deliver === undefined || call.isOver || call.hold.isRunning() || delivered === undefined) return
  const speechMs = delivered.say.reduce((sum, { text }) => sum + speakingMs(text), 0)
  call.silence.start(speechMs + options.silenceMs, () => {
    void handle(call, { kind: 'silence', ms: options.silenceMs }).then((prompt) => {
      if (prompt !== undefined) call.deliver?.(prompt)
    })
  })
}

function stopTimers(call: Call): void {
  for (const timer of [call.silence, call.hold, call.reconnect]) timer.stop()
}

async function end(call: Call, reason: string): Promise<undefined> {
  if (call.hasEnded) return
  call.hasEnded = true
  call.isOver = true
  stopTimers(call)
  const { liveCalls, clock, logError, onEnded } = call.options
  onEnded()
  const { callId } = call.start
  const cause = { transfer: 'transferred', end: 'finished', listen: reason }[call.delivered?.next ?? 'listen']
  try {
    await liveCalls.end(callId, { reason: cause, at: clock.now() })
  } catch (error) {
    logError(`The end of call ${callId} could not be recorded: ${(error as Error).message}`)
  }
}
