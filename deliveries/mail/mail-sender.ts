import { createTransport } from 'nodemailer'
import { failureOf, type Outcome } from '../outcome.ts'
import type { Mail } from './compose-mail.ts'

export interface MailSenderOptions {
  /** smtp://user:password@host:port or smtps://…; `undefined` if no mail can be sent. */
  readonly url: string | undefined
  readonly from: string | undefined
  /** Whether to refuse to send without TLS. */
  readonly tlsRequired: boolean
  /** Certificate authority of the server (PEM). */
  readonly ca: string | undefined
  /** Time-out of each step of the exchange, in ms. */
  readonly timeoutMs: number
}

export interface MailSender {
  /** Makes one attempt. Never rejects. */
  send(to: readonly string[], mail: Mail): Promise<Outcome>
  close(): void
}

interface SmtpFailure extends Error {
  readonly responseCode?: number
  readonly response?: string
  readonly code?: string
}

export function createMailSender(options: MailSenderOptions): MailSender {
  const { url, from } = options
  if (url === undefined || from === undefined) {
    const answer = 'No mail server is configured: set SMTP_URL and SMTP_FROM.'
    return { send: () => Promise.resolve({ kind: 'retryable', answer }), close: () => {} }
  }
  const transport = transportOf(url, options)
  const domain = /@([^>\s]+)>?\s*$/.exec(from)?.[1] ?? 'scoreline.invalid'
  return {
    async send(to, { messageId, ...mail }) {
      try {
        const sent = await transport.sendMail({
          from,
          to: [...to],
          ...mail,
          messageId: `<${messageId}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
          disableFileAccess: true,
          disableUrlAccess: true,
        })
        return outcomeOfSent(sent.response, (sent as { rejectedErrors?: SmtpFailure[] }).rejectedErrors ?? [])
      } catch (error) {
        return outcomeOfFailure(error as SmtpFailure)
      }
    },
    close: () => transport.close(),
  }
}

function transportOf(url: string, { tlsRequired, ca, timeoutMs }: MailSenderOptions) {
  return createTransport({
    url,
    requireTLS: tlsRequired,
    tls: ca === undefined ? {} : { ca },
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  })
}

/** Handles an answer in which some recipients may have been refused, permanently or temporarily. */
function outcomeOfSent(response: string, rejected: readonly SmtpFailure[]): Outcome {
  const status = Number(response.slice(0, 3)) || 250
  if (rejected.length === 0) return { kind: 'delivered', answer: `${status}`, responseText: response, status }
  const some = `${rejected.length} of the recipients ${rejected.length === 1 ? 'was' : 'were'} refused`
  const passing = rejected.find(({ responseCode = 0 }) => responseCode < 500)
  if (passing === undefined)
    return { kind: 'delivered', answer: `${status}: ${some} for good.`, responseText: response, status }
  return { kind: 'retryable', answer: `${passing.responseCode ?? 0}: ${some} for now.`, responseText: response }
}

/** Only a refusal of the mail itself is permanent: a failed log-in or a denied relay can be fixed. */
function outcomeOfFailure(error: SmtpFailure): Outcome {
  const { responseCode: status, response: responseText, code } = error
  if (status === undefined) return { kind: 'retryable', answer: failureOf(error) }
  const isRefusal = status >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE')
  const answer = `${status}: ${code === 'EAUTH' ? 'the mail server refuses the log-in.' : 'the mail server refuses it.'}`
  return {
    kind: isRefusal ? 'refused' : 'retryable',
    answer,
    ...(responseText === undefined ? {} : { responseText }),
    status,
  }
}
