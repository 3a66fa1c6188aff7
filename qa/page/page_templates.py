"""The templates of the page; they can import the macros of `qa.render`."""

from qa.render.templating import HtmlTemplates

PAGE_TEMPLATES = HtmlTemplates("qa.page")
