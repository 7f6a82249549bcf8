import { digestMail, singleMail } from '../../../deliveries/mail/compose-mail.ts'
import { messageOf, sources } from '../../../deliveries/message.ts'
import type { Alert } from '../../../schemas/customers/alerts.ts'
import { alertOf } from '../../store/store-under-test.ts'

const settings = { channel: 'controllers', timeZone: 'Asia/Shanghai', pageUrl: 'https://scoreline.bank.example/' }
const queued = (number: number, changes: Partial<Alert> = {}) => messageOf(sources[0]!, alertOf(number, changes))

test('a mail states what, about whom, when and why, and links to the customer', () => {
  const reasons = [{ feature: 'f', value: 1, contribution: 1, words: 'No visit for 30 days' }]
  const mail = singleMail(queued(1, { threshold: 0.05, reasons }), settings)
  expect(mail.subject).toBe('Invalid visits: customer c1')
  expect(mail.text).toBe(
    [
      'Invalid visits',
      '',
      'five visits',
      '',
      'Customer:    c1',
      'Concerns:    o1',
      'When:        1 Sept 2026, 08:00 (Asia/Shanghai)',
      'Probability: 10 %',
      'Threshold:   5.0 %',
      '',
      'Why:',
      '- No visit for 30 days',
      '',
      'https://scoreline.bank.example/#/customers/c1',
      '',
      'Sent by Scoreline over the channel controllers.',
    ].join('\n'),
  )
  expect(mail.html).toContain('<a href="https://scoreline.bank.example/#/customers/c1">')
  expect(singleMail(queued(1), settings).messageId).toBe(mail.messageId)
  expect(singleMail(queued(2), settings).messageId).not.toBe(mail.messageId)
})

test('a withdrawal is marked as such', () =>
  expect(singleMail(queued(1, { raised: false }), settings)).toMatchObject({
    subject: 'No longer: Invalid visits, customer c1',
    text: expect.stringMatching(/^No longer: Invalid visits\n/) as string,
  }))

test('external text becomes neither markup nor a header nor a line of its own', () => {
  const hostile = 'x\r\nBcc: a@b <script>alert("1")</script>'
  const mail = singleMail(queued(1, { customerId: hostile, text: hostile }), settings)
  expect(mail.subject).not.toMatch(/[\r\n]/)
  expect(mail.html).not.toContain('<script>')
  expect(mail.html).toContain('&lt;script&gt;')
  expect(mail.text).toContain(`Customer:    x Bcc: a@b <script>`)
  const digest = digestMail([queued(1, { text: hostile }), queued(2)], settings)
  expect(digest.html).not.toContain('<script>')
  expect(digest.text.split('\n')).not.toContain('Bcc: a@b <script>alert("1")</script>')
})

test('a digest counts by kind and lists everything', () => {
  const messages = [
    queued(1),
    queued(2, { customerId: 'c2' }),
    queued(3, { kind: 'dormant-customer' }),
    queued(4, { raised: false }),
  ]
  const { subject, text, html } = digestMail(messages, settings)
  expect(subject).toBe('Digest: 2 × Invalid visits, 1 × Dormant customer, 1 × No longer: Invalid visits')
  expect(text).toContain('Invalid visits (2)\n- customer c1 · five visits · concerns o1')
  expect(html.match(/<li>/g)).toHaveLength(4)
})
