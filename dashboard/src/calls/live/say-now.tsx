import { nextText, type Prompt, type Session } from './live-call-text.ts'
import { t } from '../../words/words.ts'
import { Told } from '../../parts.tsx'

interface SayNowProps {
  readonly session: Pick<Session, 'isOver' | 'language'>
  readonly prompt: Prompt
}

/** What to say now, what to do after it, and why the script was left. */
export function SayNow({ session: { isOver, language }, prompt }: SayNowProps) {
  return (
    <section class="say-now" aria-labelledby="say-title">
      <h3 id="say-title">{isOver ? t('liveCalls.theCallIsOver') : t('liveCalls.sayNow')}</h3>
      {/* Read out when it changes: the agent listens to the customer and does not look at it all the time. */}
      <div aria-live="polite">
        {prompt.say.map(({ partId, text, required }) => (
          <p key={partId} class="sentence">
            {required && <span class="tag warn">{t('liveCalls.wordForWord')}</span>} <span lang={language}>{text}</span>
          </p>
        ))}
        {!isOver && <p class="then">{nextText(prompt)}</p>}
      </div>
      {prompt.reasons.length > 0 && (
        <>
          <h4>{t('common.why')}</h4>
          <ul>
            {prompt.reasons.map((reason) => (
              <li key={reason} class="reason">
                <Told>{reason}</Told>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
