import { ProblemError } from './problem.ts'
import type { Server } from './server.ts'

/** More than any route takes. */
const PARAMETERS_MAX = 64

/**
 * Refuses a query that is not percent-encoded UTF-8 (the parser would keep `%ff` as three characters), a NUL in the
 * address (PostgreSQL stores none, so nothing could match), and too many parameters. The router has already refused a
 * path that is not UTF-8.
 */
export function checkAddresses(server: Server): void {
  server.addHook('onRequest', (request, _reply, done) => {
    const { url = '' } = request.raw
    if (/%00/.test(url))
      return done(wrong(url.split('%00', 1)[0]!.includes('?') ? 'query' : 'path', 'It contains a NUL character.'))
    const start = url.indexOf('?')
    if (start === -1) return done()
    const query = url.slice(start + 1)
    try {
      decodeURIComponent(query)
    } catch {
      return done(wrong('query', 'It is not percent-encoded UTF-8.'))
    }
    const parameters = query.split('&', PARAMETERS_MAX + 1).length
    if (parameters > PARAMETERS_MAX) return done(wrong('query', `It has more than ${PARAMETERS_MAX} parameters.`))
    done()
  })
}

function wrong(part: string, problem: string): ProblemError {
  return new ProblemError('invalid-request', `The ${part} is invalid. ${problem}`, [{ part, path: '', problem }])
}
