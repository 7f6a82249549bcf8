/**
 * jambonz with a customer on the line: sends what jambonz sends, and executes the verbs that it gets. Every message in
 * both directions is checked against the schemas of jambonz.
 */
import { speakingMs } from '../../../api/telephony/spoken-text.ts'
import type { FakeClock } from './fake-clock.ts'
import { checkCallback, checkVerbs } from './jambonz-schemas.ts'
import type { Caller, Reaction } from './simulated-caller.ts'

type Verb = Readonly<Record<string, unknown>> & { readonly verb: string }
type Said = { readonly id?: string; readonly text?: string; readonly url?: string }
interface Message {
  readonly type: 'ack' | 'command'
  readonly msgid?: string
  readonly command?: string
  readonly queueCommand?: boolean
  readonly data?: readonly Verb[]
}

export interface JambonzOptions {
  readonly caller: Caller
  readonly clock: FakeClock
  readonly customerId?: string
  readonly direction?: 'inbound' | 'outbound'
  /** Passes a frame on; faults of the call system (twice, late) happen here. */
  readonly deliver: (frame: string) => Promise<void>
  /** The call is over on this side. */
  readonly hungUp: () => void
}

const FRAME_BYTES_MAX = 24 * 1_024
export const SID = '9fb35c28-9688-4531-943c-e280b04f3adf'

export class JambonzSide {
  readonly acked = new Map<string, number>()
  readonly wantsAck: string[] = []
  readonly said: string[] = []
  readonly done: string[] = []
  /** What the customer said, as far as it was sent. */
  readonly turns: string[] = []
  isOver = false
  private verbs: Verb[] = []
  private ids = 0
  private readonly options: JambonzOptions

  constructor(options: JambonzOptions) {
    this.options = options
  }

  base() {
    const { direction = 'outbound' } = this.options
    return {
      call_sid: SID,
      direction,
      from: '+15083084809',
      to: '+15083728299',
      call_id: 'c',
      call_status: 'in-progress',
    }
  }

  session() {
    const { customerId = 'c-1' } = this.options
    return {
      ...this.base(),
      sip: { headers: { 'X-Custom': 'x' }, method: 'INVITE' },
      defaults: { recognizer: { vendor: 'google', language: 'en-GB' } },
      ...(customerId === '' ? {} : { customerData: { customerId, agent: 'ann' } }),
    }
  }

  frame(type: string, data: object, hook?: string): string {
    const msgid = `m${(this.ids += 1)}`
    if (!['call:status', 'verb:status'].includes(type)) this.wantsAck.push(msgid)
    return JSON.stringify({ type, msgid, call_sid: SID, ...(hook === undefined ? {} : { hook }), data })
  }

  async send(type: string, callback: string, data: object, hook?: string): Promise<void> {
    checkCallback(callback, data)
    await this.options.deliver(this.frame(type, data, hook))
  }

  start(): Promise<void> {
    return this.send('session:new', 'session-new', this.session())
  }

  reconnect(): Promise<void> {
    return this.send('session:reconnect', 'session-reconnect', this.session())
  }

  /** Takes a message of the application. */
  take(frame: string): void {
    if (Buffer.byteLength(frame) > FRAME_BYTES_MAX)
      throw new Error(`jambonz closes at ${Buffer.byteLength(frame)} bytes.`)
    const { type, msgid, command, queueCommand, data } = JSON.parse(frame) as Message
    if (data !== undefined) checkVerbs(data)
    if (type === 'ack') {
      const acks = (this.acked.get(msgid!) ?? 0) + 1
      this.acked.set(msgid!, acks)
      // jambonz discards an acknowledgement that it does not wait for.
      if (acks === 1 && data !== undefined && data.length > 0) this.verbs = [...data]
    } else if (command === 'redirect') this.verbs = queueCommand === true ? [...this.verbs, ...data!] : [...data!]
    else throw new Error(`jambonz knows no such command: ${frame}`)
  }

  /** Executes verbs until the call ends, or a number of them. */
  async run(most = Infinity): Promise<void> {
    for (let count = 0; count < most && !this.isOver; count += 1) {
      const verb = this.verbs.shift()
      if (verb === undefined) return this.hangUp('completed')
      this.done.push(verb.verb)
      await this.perform(verb)
    }
  }

  async hangUp(status: string): Promise<void> {
    if (this.isOver) return
    this.isOver = true
    await this.send('call:status', 'call-status', { ...this.base(), call_status: status, duration: 60 })
    this.options.hungUp()
  }

  private async perform(verb: Verb): Promise<void> {
    switch (verb.verb) {
      case 'config':
        if (verb['amd'] !== undefined && this.options.caller.isMachine)
          await this.send('verb:hook', 'amd', { ...this.base(), type: 'amd_machine_detected' }, hookOf(verb['amd']))
        return
      case 'say':
      case 'play':
        await this.play(verb.verb, verb as Said)
        return
      case 'gather':
        return this.gather(verb)
      case 'pause':
        return this.options.clock.advance(Number(verb['length']) * 1_000)
      case 'hangup':
        return this.hangUp('completed')
      case 'enqueue':
      case 'dial':
      case 'redirect':
        return this.hangUp('completed')
      default:
        throw new Error(`The simulator does not know the verb ${verb.verb}.`)
    }
  }

  private async play(verb: string, { id, text, url }: Said, ms?: number): Promise<void> {
    const spoken = text ?? url ?? ''
    this.said.push(spoken)
    await this.send('verb:status', 'verb-status', { event: 'start-playback', verb, id })
    await this.options.clock.advance(ms ?? speakingMs(spoken))
    const event = ms === undefined ? 'stop-playback' : 'kill-playback'
    await this.send('verb:status', 'verb-status', { event, verb, id })
  }

  private async gather(verb: Verb): Promise<void> {
    const prompt = (verb['say'] ?? verb['play']) as Said | undefined
    const kind = verb['say'] === undefined ? 'play' : 'say'
    const reaction = this.options.caller.react(prompt?.text ?? '')
    if (reaction.kind === 'interrupts' && prompt !== undefined) await this.play(kind, prompt, reaction.afterMs)
    else if (prompt !== undefined) await this.play(kind, prompt)
    if (this.isOver) return
    if (reaction.kind === 'hangs-up') return this.hangUp('completed')
    const result = resultOf(reaction)
    if (result.reason === 'timeout') await this.options.clock.advance(Number(verb['timeout']) * 1_000)
    if ('text' in reaction) this.turns.push(reaction.text)
    if ('digit' in reaction) this.turns.push(reaction.digit)
    await this.send('verb:hook', 'gather', { ...this.base(), ...result }, String(verb['actionHook']))
  }
}

const hookOf = (amd: unknown): string => String((amd as { readonly actionHook: unknown }).actionHook)

function resultOf(reaction: Reaction): { readonly reason: string; readonly speech?: object; readonly digits?: string } {
  const speech = (transcript: string) => ({
    language_code: 'en-US',
    channel_tag: 1,
    is_final: true,
    alternatives: [{ transcript, confidence: 0.9 }],
  })
  switch (reaction.kind) {
    case 'says':
    case 'interrupts':
      return { reason: 'speechDetected', speech: speech(reaction.text) }
    case 'presses':
      return { reason: 'dtmfDetected', digits: reaction.digit }
    case 'music':
      return { reason: 'speechDetected', speech: speech(' ') }
    default:
      return { reason: 'timeout' }
  }
}
