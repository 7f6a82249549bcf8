import { render } from 'preact'
import { App } from './app.tsx'
import './style.css'
import { preferredLanguage, showLanguage } from './words/language.ts'

const page = document.getElementById('page')!

// Without the texts of its language the page is shown in English.
void showLanguage(preferredLanguage())
  .catch((error: unknown) => console.error(error))
  .then(() => render(<App />, page))
