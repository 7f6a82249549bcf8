import { createHash } from 'node:crypto'
import { messageView, type QueuedMessage, type MessageView } from './message-view.ts'

export interface Mail {
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Derived from the messages, so that a mail sent twice can be recognised. */
  readonly messageId: string
}

export interface MailSettings {
  readonly channel: string
  readonly timeZone: string
  /** Base URL of the dashboard for links; `undefined` for no links. */
  readonly pageUrl: string | undefined
}

const SUBJECT_MAX = 150

/** Composes the mail of one message. */
export function singleMail(message: QueuedMessage, settings: MailSettings): Mail {
  const view = messageView(message, settings.timeZone)
  const { title, withdrawn, customerId, text, facts, reasons } = view
  const subject = withdrawn ? `No longer: ${title}, customer ${customerId}` : `${title}: customer ${customerId}`
  const link = linkOf(customerId, settings)
  const width = Math.max(...facts.map(([label]) => label.length)) + 2
  const lines = [
    withdrawn ? `No longer: ${title}` : title,
    ...(text === '' ? [] : ['', text]),
    '',
    ...facts.map(([label, value]) => `${`${label}:`.padEnd(width)}${oneLine(value)}`),
    ...(reasons.length === 0 ? [] : ['', 'Why:', ...reasons.map((reason) => `- ${oneLine(reason)}`)]),
    ...(link === undefined ? [] : ['', link]),
    ...footer(settings),
  ]
  const table = facts.map(
    ([label, value]) => `<tr><th align="left">${escaped(label)}</th><td>${escaped(value)}</td></tr>`,
  )
  const html = [
    `<h2>${escaped(withdrawn ? `No longer: ${title}` : title)}</h2>`,
    ...(text === '' ? [] : [`<p>${escaped(text)}</p>`]),
    `<table cellpadding="4">${table.join('')}</table>`,
    ...(reasons.length === 0
      ? []
      : [`<p>Why:</p><ul>${reasons.map((one) => `<li>${escaped(one)}</li>`).join('')}</ul>`]),
    ...(link === undefined ? [] : [`<p><a href="${escaped(link)}">Open the customer</a></p>`]),
    `<p><small>${escaped(footer(settings).at(-1)!)}</small></p>`,
  ]
  return { subject: subjectOf(subject), text: lines.join('\n'), html: html.join('\n'), messageId: mailId([message]) }
}

/** Composes one mail of several messages, grouped by title, in the order of their arrival. */
export function digestMail(messages: readonly QueuedMessage[], settings: MailSettings): Mail {
  const groups = Map.groupBy(
    messages.map((message) => messageView(message, settings.timeZone)),
    ({ title, withdrawn }) => (withdrawn ? `No longer: ${title}` : title),
  )
  const counts = [...groups].map(([title, { length }]) => `${length} × ${title}`)
  const sections = [...groups].map(([title, group]) => ({ title: `${title} (${group.length})`, group }))
  const text = [
    `What has happened since the last digest: ${counts.join('; ')}.`,
    ...sections.flatMap(({ title, group }) => ['', title, ...group.map((view) => `- ${oneLine(lineOf(view))}`)]),
    ...footer(settings),
  ]
  const html = [
    `<p>${escaped(text[0]!)}</p>`,
    ...sections.map(
      ({ title, group }) =>
        `<h3>${escaped(title)}</h3><ul>${group.map((view) => `<li>${linked(view, settings)}</li>`).join('')}</ul>`,
    ),
    `<p><small>${escaped(footer(settings).at(-1)!)}</small></p>`,
  ]
  const subject = subjectOf(`Digest: ${counts.join(', ')}`)
  return { subject, text: text.join('\n'), html: html.join('\n'), messageId: mailId(messages) }
}

function lineOf({ customerId, text, facts }: MessageView): string {
  const rest = facts
    .filter(([label]) => label !== 'Customer')
    .map(([label, value]) => `${label.toLowerCase()} ${value}`)
  return [`customer ${customerId}`, ...(text === '' ? [] : [text]), ...rest].join(' · ')
}

function linked(view: MessageView, settings: MailSettings): string {
  const link = linkOf(view.customerId, settings)
  const line = escaped(lineOf(view))
  return link === undefined ? line : `<a href="${escaped(link)}">${line}</a>`
}

function linkOf(customerId: string, { pageUrl }: MailSettings): string | undefined {
  return pageUrl === undefined
    ? undefined
    : `${pageUrl.replace(/\/$/, '')}/#/customers/${encodeURIComponent(customerId)}`
}

function footer({ channel }: MailSettings): string[] {
  return ['', `Sent by Scoreline over the channel ${oneLine(channel)}.`]
}

function mailId(messages: readonly QueuedMessage[]): string {
  return createHash('sha256')
    .update(messages.map(({ id }) => id).join())
    .digest('hex')
    .slice(0, 32)
}

function subjectOf(text: string): string {
  const line = oneLine(text)
  return line.length > SUBJECT_MAX ? `${line.slice(0, SUBJECT_MAX - 1).toWellFormed()}…` : line
}

/** Keeps text from outside from starting a new line or a header. */
function oneLine(text: string): string {
  return text.replaceAll(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim()
}

function escaped(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  return text.replaceAll(/[&<>"']/g, (character) => names[character]!)
}
