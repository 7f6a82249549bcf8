import { t } from '../../words/words.ts'
import { kindHref } from './settings-address.ts'

/** Form that opens a name that has no setting yet, to write one. */
export function NewSetting({ path }: { readonly path: string }) {
  return (
    <form
      class="group new-setting"
      onSubmit={(event) => {
        event.preventDefault()
        const name = String(new FormData(event.currentTarget).get('name')).trim()
        if (name !== '') location.hash = kindHref(path, name)
      }}
    >
      <label>
        <span>{t('settings.nameOfANewOne')}</span>
        <input type="text" name="name" required maxLength={200} autocomplete="off" />
      </label>
      <button type="submit" class="quiet">
        {t('settings.writeIt')}
      </button>
    </form>
  )
}
