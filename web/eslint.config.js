import { readdirSync } from 'node:fs';
import a11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

// app -> features -> ui -> lib -> wire. A feature never reaches into another one: app composes them.
const features = readdirSync('src/features');
const wall = (files, folders, message) => ({
  files: [`src/${files}/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': ['error', { patterns: [{ regex: `^(\\.{1,2}/)+((features|src)/)*(${folders.join('|')})(/|$)`, message }] }],
  },
});
const walls = [
  ...features.map((name) => wall(`features/${name}`, ['app', ...features.filter((other) => other !== name)], 'Compose features in app.')),
  wall('ui', ['app', 'features', 'wire', ...features], 'ui knows no business.'),
  wall('lib', ['app', 'ui', 'features', ...features], 'lib stands below.'),
  wall('wire', ['app', 'ui', 'lib', 'features', ...features], 'wire stands alone.'),
];

export default defineConfig(
  globalIgnores(['dist', 'src/wire/schema.ts', 'tools/worker.js']),
  {
    files: ['src/**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, hooks.configs.flat['recommended-latest'], a11y.flatConfigs.strict],
    languageOptions: { parserOptions: { project: './tsconfig.app.json' } },
    rules: {
      'max-lines': ['error', 400],
      'react-hooks/incompatible-library': 'off', // it concerns the React compiler, which is not used
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      '@typescript-eslint/no-misused-spread': 'off', // code points are what is meant
    },
  },
  ...walls,
  { files: ['e2e/**/*.mjs', 'tools/**/*.{mjs,ts}', '*.{js,ts}'], extends: [tseslint.configs.recommended] },
);
