import { ProblemError } from './problem.ts'
import type { Server } from './server.ts'

/** More than any route has; a query of ten thousand parameters names something else than what is here. */
const PARAMETERS_MAX = 64

/**
 * Refuses a query that is no percent-encoded UTF-8 (its parser would take `%ff` for these three characters), a NUL in
 * the address (PostgreSQL holds none, so that it names nothing), and a flood of parameters. A path that is no UTF-8
 * does not come as far as this.
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
      return done(wrong('query', 'It is not UTF-8 that was percent-encoded.'))
    }
    const parameters = query.split('&', PARAMETERS_MAX + 1).length
    if (parameters > PARAMETERS_MAX) return done(wrong('query', `It has more than ${PARAMETERS_MAX} parameters.`))
    done()
  })
}

function wrong(part: string, problem: string): ProblemError {
  return new ProblemError('invalid-request', `The ${part} is invalid. ${problem}`, [{ part, path: '', problem }])
}
