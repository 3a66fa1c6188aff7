"""HTML from Jinja templates: every value is escaped unless it is `Markup` already."""

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from qa.resolutions.periods import date_in_words

_SHARED = "qa.render"  # its macros can be imported by the templates of every package


class HtmlTemplates:
    """The folder `templates` of a package; each template is compiled once."""

    def __init__(self, package: str) -> None:
        self._environment = Environment(
            loader=ChoiceLoader(
                [PackageLoader(name) for name in dict.fromkeys((package, _SHARED))]
            ),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        self._environment.filters.update(
            date_in_words=date_in_words, thousands="{:,}".format, web_address=web_address
        )

    def render(self, name: str, /, **values: object) -> Markup:
        """Return the HTML of one template.

        Args:
            name: file name of the template, "answer.html".
            values: what the template reads, by name.
        """
        html = self._environment.get_template(name).render(**values)
        return Markup(html)  # noqa: S704 - the environment has escaped every value

    def preload(self) -> None:
        """Compile all templates, so that the first answer does not wait for it."""
        for name in self._environment.list_templates():
            self._environment.get_template(name)


def is_web_address(url: str) -> bool:
    """Return whether a link leads to the web, and not to a script or a file."""
    return url.startswith(("https://", "http://"))


def web_address(url: str) -> str:
    """Return an address for `href`; anything but a web address becomes "#"."""
    return url if is_web_address(url) else "#"


RENDER_TEMPLATES = HtmlTemplates("qa.render")
