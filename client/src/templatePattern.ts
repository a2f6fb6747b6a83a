/** Templates of YAML by their names, which no language of VS Code need know; the server looks for the same ones on disk. */
export const templatePattern =
  '**/*.{yaml.tftpl,yaml.tpl,yaml.tmpl,yaml.gotmpl,yaml.j2,yaml.jinja2,yaml.envsubst,yaml.in,yaml.template,yml.tftpl,yml.tpl,yml.tmpl,yml.gotmpl,yml.j2,yml.jinja2,yml.envsubst,yml.in,yml.template}';
