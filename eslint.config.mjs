import vue from 'eslint-plugin-vue';
import accessibility from 'eslint-plugin-vuejs-accessibility';

/**
 * ESLint reads the templates of components alone: oxlint reads all scripts, theirs included, and vue-tsc both.
 */
export default [
  ...vue.configs['flat/recommended'],
  ...accessibility.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: false } },
    rules: {
      // Layout is oxfmt's.
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-closing-bracket-spacing': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/attributes-order': 'off',
      // `generic="…"` is TypeScript, which this parser does not read; vue-tsc and the build refuse what cannot be parsed.
      'vue/no-parsing-error': 'off',
      // A page is named for its journey.
      'vue/multi-word-component-names': 'off',
      'vue/no-v-html': 'error',
      // GOV.UK's labels are bound by `for` and `id`, not nested.
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
    },
  },
];
