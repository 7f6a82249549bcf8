/** Twilio ConversationRelay with a customer on the line. Messages of the application are checked like Twilio does. */
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { speakingMs } from '../../../api/telephony/spoken-text.ts'
import type { FakeClock } from './fake-clock.ts'
import type { Caller } from './simulated-caller.ts'

const closed = { additionalProperties: false }
const flags = { preemptible: Type.Optional(Type.Boolean()), interruptible: Type.Optional(Type.Boolean()) }
const Outgoing = Type.Union([
  Type.Object(
    {
      type: Type.Literal('text'),
      token: Type.String(),
      last: Type.Boolean(),
      lang: Type.Optional(Type.String()),
      ...flags,
    },
    closed,
  ),
  Type.Object(
    { type: Type.Literal('play'), source: Type.String({ pattern: '^https://' }), loop: Type.Integer(), ...flags },
    closed,
  ),
  Type.Object({ type: Type.Literal('end'), handoffData: Type.Optional(Type.String()) }, closed),
])

export const RELAY_SID = 'CA00000000000000000000000000000001'

interface Options {
  readonly caller: Caller
  readonly clock: FakeClock
  readonly parameters?: Readonly<Record<string, string>>
  readonly deliver: (frame: string) => Promise<void>
  readonly hungUp: () => void
}

interface Text {
  readonly token: string
  readonly last: boolean
  readonly interruptible: boolean
}

export class RelaySide {
  readonly sent: Readonly<Record<string, unknown>>[] = []
  readonly turns: string[] = []
  handoff: { readonly reasonCode: string; readonly reasons: readonly string[] } | undefined
  isOver = false
  private texts: Text[] = []
  private readonly options: Options

  constructor(options: Options) {
    this.options = options
  }

  send(frame: object): Promise<void> {
    return this.options.deliver(JSON.stringify(frame))
  }

  start(): Promise<void> {
    const { parameters = { customerId: 'c-1' } } = this.options
    const [sessionId, from, to] = ['VX00000000000000000000000000000000', '+18005550100', '+18005550101']
    const customParameters = {
      ...parameters,
      ...(this.options.caller.isMachine ? { answeredBy: 'machine_start' } : {}),
    }
    const call = {
      callSid: RELAY_SID,
      from,
      to,
      direction: 'outbound-api',
      callType: 'PSTN',
      callStatus: 'in-progress',
    }
    return this.send({ type: 'setup', sessionId, ...call, customParameters })
  }

  take(frame: string): void {
    const message = JSON.parse(frame) as Readonly<Record<string, unknown>>
    if (!Value.Check(Outgoing, message)) throw new Error(`Twilio refuses ${frame}.`)
    this.sent.push(message)
    if (message['type'] === 'text') this.texts.push(message as unknown as Text)
    if (message['type'] !== 'end') return
    this.handoff = JSON.parse(String(message['handoffData'])) as RelaySide['handoff']
    this.isOver = true
    this.options.hungUp()
  }

  /** Lets the customer react until the call ends. */
  async run(): Promise<void> {
    for (let rounds = 0; !this.isOver && rounds < 50; rounds += 1) await this.round()
  }

  private async round(): Promise<void> {
    const { caller, clock } = this.options
    const texts = this.texts.splice(0)
    const heard = texts.map(({ token }) => token).join('')
    const reaction = caller.react(heard)
    const canInterrupt = texts.at(-1)?.interruptible ?? false
    if (reaction.kind === 'interrupts' && canInterrupt) {
      await clock.advance(reaction.afterMs)
      if (this.isOver) return
      const utteranceUntilInterrupt = heard.slice(0, Math.floor(reaction.afterMs / 80))
      await this.send({ type: 'interrupt', utteranceUntilInterrupt, durationUntilInterruptMs: reaction.afterMs })
    } else await clock.advance(speakingMs(heard))
    if (this.isOver) return
    if (reaction.kind === 'hangs-up') {
      this.isOver = true
      return this.options.hungUp()
    }
    if (reaction.kind === 'silent') return clock.advance(11_000)
    if (reaction.kind === 'music') await this.send({ type: 'prompt', voicePrompt: ' ', lang: 'en-US', last: true })
    if (reaction.kind === 'music') return clock.advance(60_000)
    if (reaction.kind === 'presses') this.turns.push(reaction.digit)
    else this.turns.push(reaction.text)
    if (reaction.kind === 'presses') return this.send({ type: 'dtmf', digit: reaction.digit })
    return this.send({ type: 'prompt', voicePrompt: reaction.text, lang: 'en-US', last: true })
  }
}
