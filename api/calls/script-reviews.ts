import { Type } from 'typebox'
import { reviewsOf, saveReview } from '../../store/calls/script-reviews.ts'
import { storedScript } from '../../store/calls/scripts.ts'
import { isoTimes } from '../http/iso-times.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { Name, nullable, Text, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import { ChangedBy } from '../http/versions.ts'
import type { ApiPorts } from '../ports.ts'
import { currentTime } from '../current-time.ts'

const Reason = Type.String({ ...Text, minLength: 1, maxLength: 1_000 })

export const Review = Type.Object({
  number: Type.Integer({ description: 'Number of reviews of the script, this one included.' }),
  decision: Type.String(),
  decidedBy: Type.String(),
  reason: nullable(Type.String()),
  decidedAt: Time,
})

/** Route for reviews of a script by a person other than the author of its template (four-eyes principle). */
export function scriptReviewsRoute(server: Server, ports: ApiPorts): void {
  const { database } = ports
  server.post(
    '/scripts/:id/reviews',
    {
      config: { access: 'write-settings' },
      schema: {
        tags: ['calls'],
        summary: 'Approve or reject a script; the latest review applies, and a rejected script is never used',
        params: Type.Object({ id: Name }),
        body: Type.Object(
          {
            decision: Type.Union([Type.Literal('approved'), Type.Literal('rejected')]),
            decidedBy: ChangedBy,
            reason: Type.Optional(Reason),
          },
          { additionalProperties: false },
        ),
        response: { 200: Review, ...problems('invalid-request', 'forbidden-origin', 'not-found', 'not-possible') },
      },
    },
    async ({ params: { id }, body: { decision, decidedBy, reason = null } }) => {
      const script = await storedScript(database, id)
      if (script === undefined) throw new ProblemError('not-found', `There is no script ${JSON.stringify(id)}.`)
      if (script.author !== null && isSamePerson(script.author, decidedBy))
        throw new ProblemError(
          'not-possible',
          `${script.author} wrote version ${script.templateVersion} of ${script.template}: somebody else must review it.`,
        )
      const decidedAt = new Date(currentTime(ports))
      await saveReview(database, id, { decision, decidedBy, reason, decidedAt })
      return isoTimes((await reviewsOf(database, id))[0]!)
    },
  )
}

function isSamePerson(one: string, other: string): boolean {
  const plain = (name: string) => name.normalize('NFKC').trim().toLowerCase()
  return plain(one) === plain(other)
}
