/** The contents of a message as shown in a mail, for the people who act on it. */
export interface MessageView {
  /** Title, such as `Suspected false visits`. */
  readonly title: string
  /** Whether the message withdraws an earlier one. */
  readonly withdrawn: boolean
  readonly customerId: string
  readonly text: string
  /** Labels and values in reading order. */
  readonly facts: readonly (readonly [string, string])[]
  readonly reasons: readonly string[]
}

/** A message of the delivery queue. */
export interface QueuedMessage {
  readonly id: string
  readonly type: string
  readonly kind: string | null
  readonly record: string
  readonly body: string
}

interface Data {
  readonly occurredAt?: string
  readonly customerId?: string
  readonly subjectId?: string
  readonly text?: string
  readonly probability?: number | null
  readonly threshold?: number | null
  readonly potential?: boolean
  readonly estimate?: number
  readonly reasons?: readonly { readonly words: string }[]
}

export function messageView({ type, kind, record, body }: QueuedMessage, timeZone: string): MessageView {
  const { data } = JSON.parse(body) as { readonly data: Data }
  const { occurredAt, subjectId, probability = null, estimate, threshold = null, reasons = [] } = data
  const facts: [string, string][] = [['Customer', record]]
  if (subjectId !== undefined && subjectId !== record) facts.push(['Concerns', subjectId])
  if (occurredAt !== undefined) facts.push(['When', timeIn(timeZone, new Date(occurredAt))])
  if (probability !== null) facts.push(['Probability', percent(probability)])
  if (estimate !== undefined) facts.push(['Expected use of the credit line', percent(estimate)])
  if (threshold !== null) facts.push(['Threshold', percent(threshold)])
  return {
    title: kind === null ? titleOf(type) : spaced(kind),
    withdrawn: type === 'alert.withdrawn' || data.potential === false,
    customerId: record,
    text: data.text ?? '',
    facts,
    reasons: reasons.map(({ words }) => words),
  }
}

function titleOf(type: string): string {
  return type === 'channel.test' ? 'Test of a channel' : spaced(type.split('.')[0]!)
}

/** Writes `suspected-false-visits` as `Suspected false visits`. */
function spaced(name: string): string {
  const words = name.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`
}

function timeIn(timeZone: string, at: Date): string {
  const text = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(at)
  return `${text} (${timeZone})`
}
