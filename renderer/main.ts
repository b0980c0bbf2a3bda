import './station/without-eval.ts';
import { createPinia } from 'pinia';
import { createApp, watch } from 'vue';
import App from './App.vue';
import { createWords } from './locales/i18n.ts';
import { createRidgewayRouter } from './router.ts';
import { usePreferences } from './station/preferences-store.ts';
import { waysToStation } from './station/transport.ts';
import './styles/ridgeway.scss';

// First of all: in Electron the port may arrive as soon as the page has loaded.
const connect = waysToStation();
const pinia = createPinia();
const preferences = usePreferences(pinia);
const words = createWords(preferences.language);
watch(
  () => preferences.language,
  (language) => (words.global.locale.value = language),
);
createApp(App, { connect }).use(pinia).use(words).use(createRidgewayRouter(pinia)).mount('#ridgeway');
